package dev.tidemark.postgres.ddl;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Text in which words in capitals stand for others; what is put in is not looked at again. */
record Template(Map<String, String> words) {
    private static final Pattern WORD = Pattern.compile("\\b[A-Z][A-Z_]*\\b");

    Template {
        words = Map.copyOf(words);
    }

    String fill(String template) {
        return WORD.matcher(template)
                .replaceAll(word -> Matcher.quoteReplacement(words.getOrDefault(word.group(), word.group())));
    }
}
