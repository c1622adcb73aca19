package dev.tidemark.algebra;

/**
 * Looks at the digits of the Unicode escapes of a JSON text. Jackson 2.22 reads hex digits from the lower eight bits of a char, so
 * that it takes U+0363 for a {@code c}; such a text is no JSON (RFC 8259, section 7).
 */
public final class JsonEscapes {
    private static final int DIGITS = 4;

    private JsonEscapes() {}

    /** Index of the first escape with a char that is not ASCII among its digits; -1: there is none. All else is left to the reader. */
    public static int firstWide(String json) {
        // A backslash always stands with the char behind it; outside of strings there is none.
        for (int at = json.indexOf('\\'); at >= 0; at = json.indexOf('\\', at + 2))
            if (at + 1 < json.length() && json.charAt(at + 1) == 'u' && isWide(json, at + 2)) return at;
        return -1;
    }

    private static boolean isWide(String json, int from) {
        int to = Math.min(from + DIGITS, json.length());
        for (int i = from; i < to; i++) if (json.charAt(i) > 0x7f) return true;
        return false;
    }
}
