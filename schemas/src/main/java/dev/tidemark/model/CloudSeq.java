package dev.tidemark.model;

/**
 * Offset of a record in its project's partition of {@code tidemark.log}: increasing, sparse, the order readers trust.
 *
 * @param value 0 or more; -1 is {@link #NONE}, the place before every record
 */
public record CloudSeq(long value) implements Comparable<CloudSeq> {
    /** Before every record. */
    public static final CloudSeq NONE = new CloudSeq(-1);

    public CloudSeq {
        if (value < -1) throw new IllegalArgumentException("cloud seq below -1: " + value);
    }

    public boolean isNone() {
        return value < 0;
    }

    public boolean isAfter(CloudSeq other) {
        return value > other.value;
    }

    @Override
    public int compareTo(CloudSeq other) {
        return Long.compare(value, other.value);
    }
}
