package dev.tidemark.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A record of the log whose seq is known: what the mapping keeps of it.
 *
 * @param hash of the image after it; null on a delete
 */
public record LoggedRecord(
        CloudSeq seq,
        Ordinal ordinal,
        EntityId id,
        ChangeOp op,
        @Nullable Hash hash,
        List<Origin> origins,
        boolean applyWhere) {
    public LoggedRecord {
        origins = List.copyOf(origins);
    }

    /** Whether rule B may pass it for that replica: every origin is its own and none is an apply_where. */
    public boolean isOwnOf(String replica, String incarnation) {
        if (applyWhere || origins.isEmpty()) return false;
        for (Origin origin : origins) if (!origin.isOf(replica, incarnation)) return false;
        return true;
    }
}
