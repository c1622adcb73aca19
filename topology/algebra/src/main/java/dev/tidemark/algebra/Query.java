package dev.tidemark.algebra;

import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which entities an apply_where means: {@code field eq value} and {@code field in [value, ...]}, joined by {@code AND}.
 *
 * <p>A term matches if the field's value is one of the wanted, or the field is a set of scalars that contains one of
 * them. An absent field matches only a wanted null. Invariant: what matches depends on canonical values alone, so that
 * {@code 5}, {@code 5.0} and {@code 50e-1} are one value.
 */
public final class Query {
    public static final int TEXT_MAX_CHARS = 8_192;
    public static final int TERMS_MAX = 32;
    /** Most values of one {@code in}. */
    public static final int VALUES_MAX = 1_000;

    private static final String NULL = "null";

    /**
     * A field and the values it may have.
     *
     * @param values canonical scalars, distinct, at least one, in the order of the text
     */
    public record Term(String field, List<String> values) {
        public Term {
            values = List.copyOf(values);
        }
    }

    private record Wanted(String field, Set<String> values) {}

    private final List<Term> terms;
    private final List<Wanted> wanted;

    Query(List<Term> terms) {
        this.terms = List.copyOf(terms);
        this.wanted = terms.stream()
                .map(term -> new Wanted(term.field(), Set.copyOf(term.values())))
                .toList();
    }

    /** @throws QueryError if the text is no query, or over a limit */
    public static Query parse(String text) {
        return new Query(new QueryParser(text).parse());
    }

    /** All of them must match. */
    public List<Term> terms() {
        return terms;
    }

    public boolean matches(Image image) {
        for (Wanted term : wanted) if (!matches(term.values(), image.field(term.field()))) return false;
        return true;
    }

    private static boolean matches(Set<String> wanted, @Nullable String value) {
        if (value == null) return wanted.contains(NULL);
        return CanonicalJson.isArray(value) ? containsOne(value, wanted) : wanted.contains(value);
    }

    private static boolean containsOne(String array, Set<String> wanted) {
        List<String> elements = CanonicalJson.elements(array);
        for (String element : elements) if (!CanonicalJson.isScalar(element)) return false;
        for (String element : elements) if (wanted.contains(element)) return true;
        return false;
    }
}
