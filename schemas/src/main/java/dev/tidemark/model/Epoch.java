package dev.tidemark.model;

import java.util.HexFormat;

/**
 * Incarnation of the log of a project: the first 8 bytes of SHA-256(cluster id, topic id of the log, project generation).
 * Shown as 16 lower case hex digits.
 */
public record Epoch(long bits) {
    public String hex() {
        return HexFormat.of().toHexDigits(bits);
    }

    /** @throws IllegalArgumentException if {@code hex} is not 16 hex digits */
    public static Epoch ofHex(String hex) {
        if (hex.length() != 16) throw new IllegalArgumentException("an epoch has 16 hex digits");
        return new Epoch(HexFormat.fromHexDigitsToLong(hex));
    }
}
