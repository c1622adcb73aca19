package dev.tidemark.cli.push;

/**
 * Bounds of one request: enough mutations to make the round trip cheap, few enough bytes for the server's limit and for a
 * quick retry.
 */
record PushLimits(int lines, int bytes) {
    static final int LINES_DEFAULT = 5_000;
    static final int BYTES_DEFAULT = 4 << 20;

    PushLimits {
        if (lines < 1 || bytes < 1) throw new IllegalArgumentException("a request carries at least one mutation");
    }

    /** Half as much, after the server found a request too large. */
    PushLimits halved(PushBatch tooLarge) {
        return new PushLimits(Math.max(1, tooLarge.size() / 2), bytes);
    }
}
