package dev.tidemark.cli.push;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** Counts the bytes that were read, so that progress knows how much of a file is left. */
final class CountedStream extends FilterInputStream {
    private final AtomicLong bytesRead = new AtomicLong();

    CountedStream(InputStream in) {
        super(in);
    }

    long bytesRead() {
        return bytesRead.get();
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) bytesRead.incrementAndGet();
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) bytesRead.addAndGet(read);
        return read;
    }
}
