package dev.tidemark.algebra.client;

import dev.tidemark.algebra.Image;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A page as received: nothing of it is believed yet.
 *
 * @param digest of the project at {@code cursor}; null where the page is filtered
 */
public record PulledPage(
        List<Row> rows,
        Cursor cursor,
        boolean hasMore,
        @Nullable Digest digest) {
    public PulledPage {
        rows = List.copyOf(rows);
    }

    /** What became of one entity; image null: deleted. */
    public record Row(EntityId id, CloudSeq seq, @Nullable Image image) {}

    /**
     * @param from cursor it was cut from; null: the beginning of a full read
     * @return what breaks the protocol in it; null: nothing
     */
    @Nullable
    Fault fault(@Nullable Cursor from) {
        CloudSeq last = from == null ? CloudSeq.NONE : from.seq();
        if (from != null && !from.epoch().equals(cursor.epoch())) return Fault.OTHER_EPOCH;
        if (hasMore && !cursor.seq().isAfter(last)) return Fault.NOT_ADVANCING;
        if (last.isAfter(cursor.seq())) return Fault.GOES_BACK;
        for (Row row : rows) {
            if (!row.seq().isAfter(last)) return Fault.ROWS_OUT_OF_ORDER;
            last = row.seq();
        }
        return last.isAfter(cursor.seq()) ? Fault.ROWS_OUT_OF_ORDER : null;
    }

    /** How a page breaks the protocol. */
    public enum Fault {
        /** There is more, but the cursor stays: a reader would never end. */
        NOT_ADVANCING,
        /** Its cursor is below the one it was cut from. */
        GOES_BACK,
        /** Its cursor is of another epoch than the one it was cut from. */
        OTHER_EPOCH,
        /** Its rows do not rise in seq, or lie outside of its bounds. */
        ROWS_OUT_OF_ORDER
    }
}
