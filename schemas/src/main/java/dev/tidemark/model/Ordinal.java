package dev.tidemark.model;

/**
 * Dense count of a project's records, given by Admit; proves that nothing is missing.
 *
 * @param value 1 or more; 0 is {@link #NONE}, before the first record
 */
public record Ordinal(long value) implements Comparable<Ordinal> {
    /** Before the first record. */
    public static final Ordinal NONE = new Ordinal(0);

    public Ordinal {
        if (value < 0) throw new IllegalArgumentException("ordinal below 0: " + value);
    }

    public boolean isNone() {
        return value == 0;
    }

    public Ordinal next() {
        return new Ordinal(value + 1);
    }

    public boolean isAfter(Ordinal other) {
        return value > other.value;
    }

    @Override
    public int compareTo(Ordinal other) {
        return Long.compare(value, other.value);
    }
}
