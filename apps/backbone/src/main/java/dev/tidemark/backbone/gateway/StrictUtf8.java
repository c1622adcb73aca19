package dev.tidemark.backbone.gateway;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Bytes as text, only if they are UTF-8; Java's own decoding puts U+FFFD where they are not, and says nothing. */
final class StrictUtf8 {
    private static final char REPLACEMENT = '\uFFFD';

    private StrictUtf8() {}

    /** @return null: they are not */
    static @Nullable String text(byte[] bytes, int from, int length) {
        String text = new String(bytes, from, length, StandardCharsets.UTF_8);
        if (text.indexOf(REPLACEMENT) < 0) return text;
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return text;
        } catch (CharacterCodingException e) {
            return null;
        }
    }
}
