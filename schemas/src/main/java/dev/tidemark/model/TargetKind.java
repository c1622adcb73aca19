package dev.tidemark.model;

import java.util.Locale;

/** What kind of party a target is. */
public enum TargetKind {
    REPLICA,
    DESTINATION,
    READER;

    private final String code = name().toLowerCase(Locale.ROOT);

    public String code() {
        return code;
    }

    /** @throws IllegalArgumentException if there is no such kind */
    public static TargetKind ofCode(String code) {
        for (TargetKind kind : values()) if (kind.code.equals(code)) return kind;
        throw new IllegalArgumentException("unknown target kind " + code);
    }
}
