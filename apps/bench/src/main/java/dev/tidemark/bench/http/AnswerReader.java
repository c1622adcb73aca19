package dev.tidemark.bench.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/**
 * Takes one HTTP/1.1 answer after the other from the bytes of a connection. Only answers whose length stands in their head are
 * understood: those of the gateway to a push are.
 */
public final class AnswerReader {
    private static final byte[] HEAD_END = {'\r', '\n', '\r', '\n'};
    private static final String LENGTH = "\r\ncontent-length:";
    private static final int UNKNOWN = -1;

    private byte[] bytes = new byte[4 << 10];
    private int filled;
    private int bodyAt = UNKNOWN;
    private int bodyBytes;

    /** Takes all that is there. @return whether a whole answer has been read */
    public boolean take(ByteBuffer more) {
        if (filled + more.remaining() > bytes.length)
            bytes = Arrays.copyOf(bytes, Math.max(bytes.length * 2, filled + more.remaining()));
        int count = more.remaining();
        more.get(bytes, filled, count);
        filled += count;
        if (bodyAt == UNKNOWN) readHead();
        return bodyAt != UNKNOWN && filled >= bodyAt + bodyBytes;
    }

    /** Of the answer that has been read whole. */
    public int status() {
        return Integer.parseInt(new String(bytes, 9, 3, StandardCharsets.US_ASCII));
    }

    public String body() {
        return new String(bytes, bodyAt, bodyBytes, StandardCharsets.UTF_8);
    }

    public boolean bodyHas(byte[] part) {
        return indexOf(part, bodyAt, bodyAt + bodyBytes) >= 0;
    }

    /** Ready for the next answer, which has not begun. */
    public void next() {
        if (filled > bodyAt + bodyBytes) throw new IllegalStateException("an answer that was not asked for");
        filled = 0;
        bodyAt = UNKNOWN;
    }

    private void readHead() {
        int end = indexOf(HEAD_END, 0, filled);
        if (end < 0) return;
        String head = new String(bytes, 0, end + 2, StandardCharsets.US_ASCII).toLowerCase(Locale.ROOT);
        int length = head.indexOf(LENGTH);
        if (length < 0) throw new IllegalStateException("an answer without a length: " + head);
        int from = length + LENGTH.length();
        bodyBytes =
                Integer.parseInt(head.substring(from, head.indexOf('\r', from)).strip());
        bodyAt = end + HEAD_END.length;
    }

    private int indexOf(byte[] part, int from, int to) {
        for (int at = from; at <= to - part.length; at++)
            if (Arrays.equals(bytes, at, at + part.length, part, 0, part.length)) return at;
        return -1;
    }
}
