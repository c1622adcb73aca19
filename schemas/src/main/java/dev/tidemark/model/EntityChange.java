package dev.tidemark.model;

import org.jspecify.annotations.Nullable;

/**
 * A record of {@code tidemark.log}: what became of one entity.
 *
 * @param image canonical JSON object; null on a delete
 */
public record EntityChange(
        EntityId id, RecordMeta meta, @Nullable String image) {
    public EntityChange {
        if ((image == null) != (meta.op() == ChangeOp.DELETE))
            throw new IllegalArgumentException("a change has an image exactly if it is no delete");
    }
}
