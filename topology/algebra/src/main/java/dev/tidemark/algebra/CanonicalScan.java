package dev.tidemark.algebra;

/**
 * Finds where values of canonical text end, without reading them.
 *
 * <p>Invariant: the text is canonical; on any other text the answer means nothing, and it may throw
 * {@link IndexOutOfBoundsException}.
 */
final class CanonicalScan {
    private CanonicalScan() {}

    /** Index after the value that starts at {@code from}. */
    static int valueEnd(String text, int from) {
        return switch (text.charAt(from)) {
            case '"' -> stringEnd(text, from);
            case '{', '[' -> containerEnd(text, from);
            default -> wordEnd(text, from);
        };
    }

    /** Index after the closing quote of the string that starts at {@code from}. */
    static int stringEnd(String text, int from) {
        int quote = text.indexOf('"', from + 1);
        while (isEscaped(text, quote)) quote = text.indexOf('"', quote + 1);
        return quote + 1;
    }

    private static boolean isEscaped(String text, int at) {
        int backslash = at - 1;
        while (text.charAt(backslash) == '\\') backslash--;
        return (at - backslash) % 2 == 0;
    }

    private static int containerEnd(String text, int from) {
        int depth = 1;
        int at = from + 1;
        while (depth > 0) {
            char c = text.charAt(at);
            if (c == '"') {
                at = stringEnd(text, at);
                continue;
            }
            if (c == '{' || c == '[') depth++;
            if (c == '}' || c == ']') depth--;
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && !isDelimiter(text.charAt(at))) at++;
        return at;
    }

    private static boolean isDelimiter(char c) {
        return c == ',' || c == '}' || c == ']';
    }
}
