package dev.tidemark.model;

import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Sum modulo 2^128 over the live entities of a project or bucket (semantics, section 8); finds accidents, not forgers.
 * Shown as 32 lower case hex digits; the empty project has {@link #ZERO}.
 */
public record Digest(long high, long low) {
    public static final Digest ZERO = new Digest(0, 0);
    public static final int BYTES = 16;

    public Digest plus(Digest other) {
        long sum = low + other.low;
        long carry = Long.compareUnsigned(sum, low) < 0 ? 1 : 0;
        return new Digest(high + other.high + carry, sum);
    }

    public Digest minus(Digest other) {
        long borrow = Long.compareUnsigned(low, other.low) < 0 ? 1 : 0;
        return new Digest(high - other.high - borrow, low - other.low);
    }

    public String hex() {
        return HexFormat.of().toHexDigits(high) + HexFormat.of().toHexDigits(low);
    }

    public byte[] toBytes() {
        return ByteBuffer.allocate(BYTES).putLong(high).putLong(low).array();
    }

    /** @param bytes at least 16 bytes; the first 16 are read, big-endian */
    public static Digest of(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new Digest(buffer.getLong(), buffer.getLong());
    }
}
