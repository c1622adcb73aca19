package dev.tidemark.fuzz;

import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;

/** Strings of JSON, for {@link ReferenceJson}. */
final class ReferenceText {
    static final Comparator<String> BY_UTF8 =
            (a, b) -> Arrays.compareUnsigned(a.getBytes(StandardCharsets.UTF_8), b.getBytes(StandardCharsets.UTF_8));

    private static final String SHORT = "btnfr";
    private static final String SHORT_MEANS = "\b\t\n\f\r";

    private ReferenceText() {}

    static String canonical(String text) {
        StringBuilder out = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            int known = SHORT_MEANS.indexOf(c);
            if (known >= 0) out.append('\\').append(SHORT.charAt(known));
            else if (c < ' ') out.append(String.format("\\u%04x", (int) c));
            else if (c == '"' || c == '\\') out.append('\\').append(c);
            else out.append(c);
        }
        return out.append('"').toString();
    }

    /** What stands between two quotes; empty: it is no JSON, or no Unicode. */
    static Optional<String> unescaped(String inner) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < inner.length(); i++) {
            char c = inner.charAt(i);
            if (c < ' ') return Optional.empty();
            if (c != '\\') {
                out.append(c);
                continue;
            }
            char escape = inner.charAt(++i);
            if (escape == 'u') {
                if (!inner.substring(i + 1, Math.min(i + 5, inner.length())).matches("[0-9a-fA-F]{4}"))
                    return Optional.empty();
                out.append((char) Integer.parseInt(inner.substring(i + 1, i + 5), 16));
                i += 4;
            } else if (SHORT.indexOf(escape) >= 0) out.append(SHORT_MEANS.charAt(SHORT.indexOf(escape)));
            else if ("\"\\/".indexOf(escape) >= 0) out.append(escape);
            else return Optional.empty();
        }
        return isUnicode(out) ? Optional.of(out.toString()) : Optional.empty();
    }

    private static boolean isUnicode(CharSequence text) {
        try {
            StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
