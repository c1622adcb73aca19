package dev.tidemark.model;

import java.nio.charset.StandardCharsets;

/** The rules for names and keys (semantics, section 8). */
public final class Names {
    public static final int NAME_MAX_CHARS = 128;
    public static final int KEY_MAX_BYTES = 1_024;

    private Names() {}

    /** A name is 1 to 128 of letters, digits, {@code . _ -}, with no leading dot: projects, replicas, entity types, targets. */
    public static boolean isName(String name) {
        if (name.isEmpty() || name.length() > NAME_MAX_CHARS || name.charAt(0) == '.') return false;
        for (int i = 0; i < name.length(); i++) if (!isNameChar(name.charAt(i))) return false;
        return true;
    }

    /** A key is 1 to 1,024 bytes of valid Unicode: entity keys and field names. */
    public static boolean isKey(String key) {
        return !key.isEmpty()
                && key.length() <= KEY_MAX_BYTES
                && isUnicode(key)
                && key.getBytes(StandardCharsets.UTF_8).length <= KEY_MAX_BYTES;
    }

    /** Whether the text has no lone surrogate. */
    public static boolean isUnicode(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Character.isSurrogate(c)) continue;
            boolean pair = Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1));
            if (!pair) return false;
            i++;
        }
        return true;
    }

    private static boolean isNameChar(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '.'
                || c == '_'
                || c == '-';
    }
}
