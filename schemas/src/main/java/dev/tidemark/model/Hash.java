package dev.tidemark.model;

import java.util.Arrays;
import java.util.HexFormat;

/** SHA-256 of a canonical image: 32 raw bytes, lower case hex in JSON. Equal by content. */
public final class Hash {
    public static final int BYTES = 32;

    private final byte[] bytes;

    /** @throws IllegalArgumentException if not 32 bytes */
    public Hash(byte[] bytes) {
        if (bytes.length != BYTES) throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
        this.bytes = bytes.clone();
    }

    public byte[] toBytes() {
        return bytes.clone();
    }

    public String hex() {
        return HexFormat.of().formatHex(bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Hash hash && Arrays.equals(bytes, hash.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    @Override
    public String toString() {
        return hex();
    }
}
