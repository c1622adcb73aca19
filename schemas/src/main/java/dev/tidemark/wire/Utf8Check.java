package dev.tidemark.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Whether bytes are UTF-8. Java's own decoding puts U+FFFD where they are not, and says nothing. */
final class Utf8Check {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8Check() {}

    static boolean isValid(byte[] bytes, int from, int length) {
        return isAscii(bytes, from, length) || decodes(bytes, from, length);
    }

    private static boolean isAscii(byte[] bytes, int from, int length) {
        int end = from + length;
        int i = from;
        for (; i <= end - Long.BYTES; i += Long.BYTES) if (((long) LONGS.get(bytes, i) & HIGH_BITS) != 0) return false;
        for (; i < end; i++) if (bytes[i] < 0) return false;
        return true;
    }

    private static boolean decodes(byte[] bytes, int from, int length) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, from, length));
            return true;
        } catch (CharacterCodingException notUtf8) {
            return false;
        }
    }
}
