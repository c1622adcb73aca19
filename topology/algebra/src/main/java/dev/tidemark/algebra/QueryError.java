package dev.tidemark.algebra;

/** A query that does not parse: what was expected, what was found, and where. */
public final class QueryError extends RuntimeException {
    private static final long serialVersionUID = 1L;
    private static final int FOUND_MAX_CHARS = 20;

    private final int position;

    private QueryError(String message, int position) {
        super(message, null, false, false);
        this.position = position;
    }

    static QueryError expected(String what, String text, int position) {
        return new QueryError(
                "expected " + what + " at character " + position + ", found " + found(text, position), position);
    }

    static QueryError over(String limit, int position) {
        return new QueryError("a query has at most " + limit, position);
    }

    /** Chars of the query before the place. */
    public int position() {
        return position;
    }

    private static String found(String text, int position) {
        if (position >= text.length()) return "the end";
        if (text.length() - position <= FOUND_MAX_CHARS) return text.substring(position);
        return text.substring(position, position + FOUND_MAX_CHARS) + "...";
    }
}
