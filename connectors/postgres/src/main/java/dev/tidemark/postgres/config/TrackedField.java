package dev.tidemark.postgres.config;

import java.util.Locale;

/** A field of the entity and the expression that it is kept equal to. */
public record TrackedField(String field, Expression value) {
    private static final String AS = " as ";

    /** {@code column}, or {@code expression as field}, split at the last " as " in any case. */
    public static TrackedField parse(String text) {
        int as = text.toLowerCase(Locale.ROOT).lastIndexOf(AS);
        if (as < 0) return new TrackedField(text.strip(), Expression.ofColumn(text.strip()));
        String field = text.substring(as + AS.length()).strip();
        return new TrackedField(field, new Expression(text.substring(0, as).strip()));
    }
}
