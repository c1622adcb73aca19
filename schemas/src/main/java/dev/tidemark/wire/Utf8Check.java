package dev.tidemark.wire;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whether bytes are UTF-8. Java's own decoding puts U+FFFD where they are not, and says nothing. Source: table 3-7 of the
 * Unicode Standard, "Well-Formed UTF-8 Byte Sequences".
 */
final class Utf8Check {
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
    private static final long HIGH_BITS = 0x8080808080808080L;

    private Utf8Check() {}

    /** The range must lie within the array. */
    static boolean isValid(byte[] bytes, int from, int length) {
        int end = from + length;
        int at = skipAscii(bytes, from, end);
        while (at < end) {
            int more = continuationBytes(bytes[at] & 0xff);
            if (more < 0 || more >= end - at || !isWellFormed(bytes, at, more)) return false;
            at = skipAscii(bytes, at + 1 + more, end);
        }
        return true;
    }

    private static int skipAscii(byte[] bytes, int from, int end) {
        int at = from;
        while (at <= end - Long.BYTES && ((long) LONGS.get(bytes, at) & HIGH_BITS) == 0) at += Long.BYTES;
        while (at < end && bytes[at] >= 0) at++;
        return at;
    }

    /** How many bytes follow this one; -1 if no character starts with it. */
    private static int continuationBytes(int lead) {
        if (lead < 0xC2) return -1;
        if (lead < 0xE0) return 1;
        if (lead < 0xF0) return 2;
        return lead <= 0xF4 ? 3 : -1;
    }

    private static boolean isWellFormed(byte[] bytes, int at, int more) {
        if (!isSecond(bytes[at] & 0xff, bytes[at + 1] & 0xff)) return false;
        for (int i = 2; i <= more; i++) if ((bytes[at + i] & 0xC0) != 0x80) return false;
        return true;
    }

    /** Leaves out longer forms than needed, surrogates, and what lies beyond U+10FFFF. */
    private static boolean isSecond(int lead, int second) {
        int least = lead == 0xE0 ? 0xA0 : lead == 0xF0 ? 0x90 : 0x80;
        int most = lead == 0xED ? 0x9F : lead == 0xF4 ? 0x8F : 0xBF;
        return second >= least && second <= most;
    }
}
