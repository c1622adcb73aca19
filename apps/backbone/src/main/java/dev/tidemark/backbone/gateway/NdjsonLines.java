package dev.tidemark.backbone.gateway;

import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of an NDJSON body, one at a time, each bounded; empty lines are passed over. */
final class NdjsonLines {
    private static final int BUFFER_BYTES = 64 << 10;

    /** Told each time that more is about to be read, which may mean to wait for it. */
    interface BeforeReading {
        void reads() throws IOException;
    }

    private final InputStream in;
    private final int lineBytesMax;
    private final BeforeReading before;
    private byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private boolean ended;
    private long number;

    NdjsonLines(InputStream in, int lineBytesMax, BeforeReading before) {
        this.in = in;
        this.lineBytesMax = lineBytesMax;
        this.before = before;
    }

    /** Of the line read last, from 1. */
    long number() {
        return number;
    }

    /**
     * The next line; null: there is none.
     *
     * @throws Problem if it is too long, or no UTF-8
     */
    @Nullable
    String next() throws IOException {
        while (true) {
            int end = endOfLine();
            if (end < 0) return null;
            int begin = from;
            from = Math.min(end + 1, to);
            number++;
            if (!isBlank(begin, end)) return text(begin, end);
        }
    }

    /** Where the line that begins at {@code from} ends; -1: there is none. */
    private int endOfLine() throws IOException {
        int at = from;
        while (true) {
            for (; at < to; at++) if (buffer[at] == '\n') return bounded(at);
            if (ended) return from == to ? -1 : bounded(to);
            bounded(to);
            int read = at - from;
            fill();
            at = from + read;
        }
    }

    private int bounded(int end) {
        if (end - from > lineBytesMax)
            throw Problem.of(413, "too_large", "a line has at most " + lineBytesMax + " bytes")
                    .atLine(number + 1);
        return end;
    }

    private void fill() throws IOException {
        if (to == buffer.length) makeRoom();
        before.reads();
        int read = in.read(buffer, to, buffer.length - to);
        if (read < 0) ended = true;
        else to += read;
    }

    private void makeRoom() {
        byte[] target = to - from > buffer.length / 2 ? new byte[2 * buffer.length] : buffer;
        System.arraycopy(buffer, from, target, 0, to - from);
        to -= from;
        from = 0;
        buffer = target;
    }

    private String text(int begin, int end) {
        String text = StrictUtf8.text(buffer, begin, end - begin);
        if (text == null)
            throw Problem.of(400, "malformed_json", "is not UTF-8").atLine(number);
        return text;
    }

    private boolean isBlank(int begin, int end) {
        for (int i = begin; i < end; i++) if (buffer[i] != ' ' && buffer[i] != '\t' && buffer[i] != '\r') return false;
        return true;
    }
}
