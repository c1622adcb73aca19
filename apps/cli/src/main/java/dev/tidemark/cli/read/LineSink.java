package dev.tidemark.cli.read;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.read.Change.Slice;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Writes lines, and fails when they do not arrive: a reader that went away must not be acknowledged for. */
public final class LineSink {
    private static final int BUFFER_BYTES = 1 << 16;

    private final BufferedOutputStream out;

    public LineSink(OutputStream out) {
        this.out = new BufferedOutputStream(out, BUFFER_BYTES);
    }

    void line(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        line(new Slice(bytes, 0, bytes.length));
    }

    /** A line break inside is white space between tokens, since JSON strings hold none: it becomes a blank. */
    void line(Slice slice) {
        try {
            for (int at = slice.from(); at < slice.to(); at++) {
                byte b = slice.page()[at];
                out.write(b == '\n' || b == '\r' ? ' ' : b);
            }
            out.write('\n');
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    void flush() {
        try {
            out.flush();
        } catch (IOException e) {
            throw unwritten(e);
        }
    }

    private static CommandFailure unwritten(IOException cause) {
        return new CommandFailure(
                "stdout was closed before everything was written (" + cause.getMessage() + ")", cause);
    }
}
