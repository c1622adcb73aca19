package dev.tidemark.algebra;

import dev.tidemark.model.Reason;

/**
 * Strings in canonical JSON (semantics, section 8): only {@code "}, {@code \} and U+0000-001F are escaped, everything
 * else stands as it is.
 *
 * <p>Invariant: one text has one quoted form, so that equal text is equal bytes.
 */
final class CanonicalString {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private CanonicalString() {}

    /** @throws RefusedJson if the text has a lone surrogate */
    static void append(StringBuilder out, String text) {
        if (isPlain(text)) {
            out.append('"').append(text).append('"');
            return;
        }
        int lone = append(out, text.toCharArray(), 0, text.length());
        if (lone >= 0) throw RefusedJson.at(Reason.LONE_SURROGATE, lone);
    }

    /** @return index of the lone surrogate that stopped it, -1 if none did */
    static int append(StringBuilder out, char[] text, int from, int to) {
        out.append('"');
        int stop = appendEscaped(out, text, from, to);
        out.append('"');
        return stop < to ? stop : -1;
    }

    /** Quotes any text: a lone surrogate becomes its escape, so that no two texts share a form. */
    static void appendAny(StringBuilder out, String text) {
        char[] chars = text.toCharArray();
        out.append('"');
        int stop = appendEscaped(out, chars, 0, chars.length);
        while (stop < chars.length) {
            appendUnicodeEscape(out, chars[stop]);
            stop = appendEscaped(out, chars, stop + 1, chars.length);
        }
        out.append('"');
    }

    /** What the canonical string says. {@code from} and {@code to} are within its quotes. */
    static String decode(String text, int from, int to) {
        int escape = text.indexOf('\\', from);
        if (escape < 0 || escape >= to) return text.substring(from, to);
        StringBuilder out = new StringBuilder(to - from);
        int at = from;
        while (at < to) at = decodeOne(text, at, out);
        return out.toString();
    }

    /** Appends chars up to the first lone surrogate; its index, or {@code to}. */
    private static int appendEscaped(StringBuilder out, char[] text, int from, int to) {
        int run = from;
        for (int i = from; i < to; i++) {
            char c = text[i];
            if (Character.isSurrogate(c)) {
                boolean pair = Character.isHighSurrogate(c) && i + 1 < to && Character.isLowSurrogate(text[i + 1]);
                if (!pair) {
                    out.append(text, run, i - run);
                    return i;
                }
                i++;
            } else if (c < ' ' || c == '"' || c == '\\') {
                out.append(text, run, i - run);
                appendEscape(out, c);
                run = i + 1;
            }
        }
        out.append(text, run, to - run);
        return to;
    }

    private static void appendEscape(StringBuilder out, char c) {
        switch (c) {
            case '"', '\\' -> out.append('\\').append(c);
            case '\b' -> out.append("\\b");
            case '\t' -> out.append("\\t");
            case '\n' -> out.append("\\n");
            case '\f' -> out.append("\\f");
            case '\r' -> out.append("\\r");
            default -> appendUnicodeEscape(out, c);
        }
    }

    private static void appendUnicodeEscape(StringBuilder out, char c) {
        out.append("\\u");
        for (int shift = 12; shift >= 0; shift -= 4) out.append(HEX[(c >> shift) & 0xf]);
    }

    private static int decodeOne(String text, int at, StringBuilder out) {
        char c = text.charAt(at);
        if (c != '\\') {
            out.append(c);
            return at + 1;
        }
        char escaped = text.charAt(at + 1);
        switch (escaped) {
            case 'b' -> out.append('\b');
            case 't' -> out.append('\t');
            case 'n' -> out.append('\n');
            case 'f' -> out.append('\f');
            case 'r' -> out.append('\r');
            case 'u' -> out.append((char) Integer.parseInt(text, at + 2, at + 6, 16));
            default -> out.append(escaped);
        }
        return escaped == 'u' ? at + 6 : at + 2;
    }

    private static boolean isPlain(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < ' ' || c == '"' || c == '\\' || Character.isSurrogate(c)) return false;
        }
        return true;
    }
}
