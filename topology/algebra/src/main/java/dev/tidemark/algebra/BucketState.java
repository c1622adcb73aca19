package dev.tidemark.algebra;

import dev.tidemark.model.Digest;

/** Digest and count of the live entities of one bucket (first byte of SHA-256 of the path). */
public record BucketState(Digest digest, long count) {
    public static final BucketState EMPTY = new BucketState(Digest.ZERO, 0);
    /** Buckets of a project. */
    public static final int BUCKETS = 256;

    public BucketState plus(Digest entry) {
        return new BucketState(digest.plus(entry), count + 1);
    }

    public BucketState minus(Digest entry) {
        return new BucketState(digest.minus(entry), count - 1);
    }
}
