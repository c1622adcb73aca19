package dev.tidemark.cli.push;

import dev.tidemark.cli.CommandFailure;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Lines of a stream, plain or gzip, as bytes; counts them from 1. */
public final class LineSource implements AutoCloseable {
    static final int LINE_BYTES_MAX = 16 << 20;

    private static final int BUFFER_BYTES = 1 << 16;
    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;
    private static final byte[] MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final String name;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int from;
    private int to;
    private long lineNumber;

    private LineSource(String name, InputStream in) {
        this.name = name;
        this.in = in;
    }

    /**
     * @param name for the text of errors
     * @throws CommandFailure if the stream cannot be read
     */
    public static LineSource of(String name, InputStream raw) {
        try {
            PushbackInputStream in = new PushbackInputStream(raw, 2);
            int first = in.read();
            int second = first < 0 ? -1 : in.read();
            if (second >= 0) in.unread(second);
            if (first >= 0) in.unread(first);
            boolean gzip = first == GZIP_FIRST && second == GZIP_SECOND;
            return new LineSource(name, gzip ? new GZIPInputStream(in, BUFFER_BYTES) : in);
        } catch (IOException e) {
            throw new CommandFailure("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    public String name() {
        return name;
    }

    /** Number of the line given last. */
    public long lineNumber() {
        return lineNumber;
    }

    /** The next line without its end, or null when there is none. @throws CommandFailure if it cannot be read whole */
    byte @Nullable [] next() {
        byte[] line = read();
        if (line == null) return null;
        lineNumber++;
        return lineNumber == 1 ? withoutMark(line) : line;
    }

    private byte @Nullable [] read() {
        byte[] line = new byte[0];
        while (true) {
            int end = indexOfLineEnd();
            if (end >= 0) {
                line = joined(line, end);
                from = end + 1;
                return line;
            }
            line = joined(line, to);
            if (line.length > LINE_BYTES_MAX)
                throw new CommandFailure(name + " line " + (lineNumber + 1) + " is longer than "
                        + (LINE_BYTES_MAX >> 20) + " MiB: is that NDJSON, one mutation a line?");
            if (!fill()) return line.length == 0 ? null : line;
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw new CommandFailure("cannot close " + name + ": " + e.getMessage(), e);
        }
    }

    /** A byte order mark, which some editors put first. */
    private static byte[] withoutMark(byte[] line) {
        boolean marked = line.length >= MARK.length && Arrays.equals(line, 0, MARK.length, MARK, 0, MARK.length);
        return marked ? Arrays.copyOfRange(line, MARK.length, line.length) : line;
    }

    private int indexOfLineEnd() {
        for (int at = from; at < to; at++) if (buffer[at] == '\n') return at;
        return -1;
    }

    private byte[] joined(byte[] start, int end) {
        if (start.length == 0) return Arrays.copyOfRange(buffer, from, end);
        byte[] whole = Arrays.copyOf(start, start.length + end - from);
        System.arraycopy(buffer, from, whole, start.length, end - from);
        return whole;
    }

    private boolean fill() {
        try {
            from = 0;
            to = Math.max(0, in.read(buffer));
            return to > 0;
        } catch (EOFException e) {
            to = 0;
            throw new CommandFailure(
                    name + " ends in the middle of its gzip stream, after line " + lineNumber + ": it is not whole", e);
        } catch (IOException e) {
            to = 0;
            throw new CommandFailure("cannot read " + name + " after line " + lineNumber + ": " + e.getMessage(), e);
        }
    }
}
