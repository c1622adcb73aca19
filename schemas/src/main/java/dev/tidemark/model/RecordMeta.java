package dev.tidemark.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Admit says of a record in its header {@code tm-meta}; every reader verifies it.
 *
 * @param hash of the image; null on a delete
 * @param digest of the project after this record
 * @param count live entities of the project after this record
 * @param bucketDigest of the entity's bucket after this record
 * @param bucketCount live entities of the bucket after this record
 * @param origins every mutation that this record carries out, in order
 * @param applyWhere whether one of them is an apply_where
 * @param occurredAt of the last of them
 */
public record RecordMeta(
        Epoch epoch,
        Ordinal ordinal,
        ChangeOp op,
        long version,
        @Nullable Hash hash,
        Digest digest,
        long count,
        Digest bucketDigest,
        long bucketCount,
        List<Origin> origins,
        boolean applyWhere,
        @Nullable String occurredAt) {
    public RecordMeta {
        origins = List.copyOf(origins);
        if ((op == ChangeOp.DELETE) != (hash == null))
            throw new IllegalArgumentException("a record has a hash exactly if it is no delete");
    }
}
