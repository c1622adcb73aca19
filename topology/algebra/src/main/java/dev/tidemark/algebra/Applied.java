package dev.tidemark.algebra;

import dev.tidemark.model.Reason;
import org.jspecify.annotations.Nullable;

/**
 * What applying a mutation's ops to an image gave.
 *
 * @param after the image after them; null: the entity is not there
 * @param refused why they could not be applied; then {@code after} is what was there before
 */
public record Applied(@Nullable Image after, @Nullable Reason refused) {
    static Applied to(@Nullable Image after) {
        return new Applied(after, null);
    }

    public boolean isRefused() {
        return refused != null;
    }
}
