package dev.tidemark.backbone.gateway;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Lines of an NDJSON body, one at a time, each bounded; empty lines are passed over. */
final class NdjsonLines {
    private static final int BUFFER_BYTES = 64 << 10;

    private final InputStream in;
    private final int lineBytesMax;
    private long number;

    NdjsonLines(InputStream in, int lineBytesMax) {
        this.in = new BufferedInputStream(in, BUFFER_BYTES);
        this.lineBytesMax = lineBytesMax;
    }

    /** Of the line read last, from 1. */
    long number() {
        return number;
    }

    /** The next line; null: there is none. */
    @Nullable
    String next() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream(512);
        int b = in.read();
        while (b >= 0) {
            if (b == '\n') {
                number++;
                if (!isBlank(line)) return text(line);
                line.reset();
            } else {
                line.write(b);
                if (line.size() > lineBytesMax)
                    throw Problem.of(413, "too_large", "a line has at most " + lineBytesMax + " bytes")
                            .atLine(number + 1);
            }
            b = in.read();
        }
        if (isBlank(line)) return null;
        number++;
        return text(line);
    }

    private String text(ByteArrayOutputStream line) {
        try {
            return JsonText.utf8(line.toByteArray());
        } catch (Problem e) {
            throw e.atLine(number);
        }
    }

    private static boolean isBlank(ByteArrayOutputStream line) {
        return line.size() == 0
                || line.toString(java.nio.charset.StandardCharsets.ISO_8859_1).isBlank();
    }
}
