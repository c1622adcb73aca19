package dev.tidemark.cli.push;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Counts the bytes that were read, so that progress knows how much of a file is left. */
final class CountedStream extends FilterInputStream {
    private volatile long bytesRead;

    CountedStream(InputStream in) {
        super(in);
    }

    long bytesRead() {
        return bytesRead;
    }

    @Override
    public int read() throws IOException {
        int b = super.read();
        if (b >= 0) count(1);
        return b;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        if (read > 0) count(read);
        return read;
    }

    /** One thread reads; the counter is volatile only to be seen by others. */
    private void count(int bytes) {
        bytesRead = bytesRead + bytes;
    }
}
