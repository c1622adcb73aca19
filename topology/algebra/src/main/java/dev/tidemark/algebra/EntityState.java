package dev.tidemark.algebra;

import dev.tidemark.model.Hash;
import dev.tidemark.model.Ordinal;
import org.jspecify.annotations.Nullable;

/**
 * What Admit keeps of an entity, deleted ones included.
 *
 * @param image null: deleted
 * @param hash of the image; null: deleted
 * @param version of its last record
 * @param ordinal of its last record
 */
public record EntityState(@Nullable Image image, @Nullable Hash hash, long version, Ordinal ordinal) {
    public boolean isLive() {
        return image != null;
    }
}
