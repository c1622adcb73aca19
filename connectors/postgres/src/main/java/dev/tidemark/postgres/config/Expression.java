package dev.tidemark.postgres.config;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * SQL, or the text of a query, in which <code>{column}</code> stands for a column of the row at hand; the rest is passed
 * through as it is.
 */
public record Expression(String text) {
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([^{}]+)}");

    /** The value of one column. */
    public static Expression ofColumn(String column) {
        return new Expression("{" + column + "}");
    }

    /** The names in braces, in order of appearance, each once. */
    public Set<String> placeholders() {
        Set<String> names = new LinkedHashSet<>();
        PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).forEach(names::add);
        return names;
    }

    /** The text with every placeholder replaced. @param replacement gives the text for a name */
    public String substitute(UnaryOperator<String> replacement) {
        return PLACEHOLDER
                .matcher(text)
                .replaceAll(found -> Matcher.quoteReplacement(replacement.apply(found.group(1))));
    }

    /** What stands between the placeholders; always one more than {@link #names()}. */
    public List<String> literals() {
        return List.of(PLACEHOLDER.split(text, -1));
    }

    /** The names in braces, one for each place. */
    public List<String> names() {
        return PLACEHOLDER
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .map(Expression::bare)
                .toList();
    }

    private static String bare(String placeholder) {
        return placeholder.substring(1, placeholder.length() - 1);
    }
}
