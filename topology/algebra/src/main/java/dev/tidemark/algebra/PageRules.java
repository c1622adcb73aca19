package dev.tidemark.algebra;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Ordinal;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a page is cut from one snapshot of the change index (semantics, section 7). Invariants: the cursor, digest and count of a
 * page are those of the last row scanned; it has more exactly if the snapshot was not exhausted; a cursor is complete exactly
 * if its page had no more (L4, L7).
 */
public final class PageRules {
    private PageRules() {}

    /**
     * @param rowsMax rows shown
     * @param scannedMax rows looked at, shown or not
     * @param bytesMax bytes shown; one row is always shown
     */
    public record Limits(int rowsMax, int scannedMax, long bytesMax) {}

    /**
     * @param rows shown, in seq order
     * @param cursor the reader's next position
     * @param digest of the project at {@code cursor}; null while the snapshot showed no row at all and the cursor has a seq
     */
    public record Page<R extends PageRow>(
            List<R> rows,
            Cursor cursor,
            boolean hasMore,
            @Nullable Digest digest,
            long count) {}

    /**
     * @param from where the reader is
     * @param snapshot rows of the project from {@code from.seq()} on, that one included where it is still there
     * @param entities types shown; empty: all
     */
    public static <R extends PageRow> Page<R> cut(
            Cursor from, Iterator<R> snapshot, Set<String> entities, Limits limits) {
        List<R> shown = new ArrayList<>();
        @Nullable R last = null;
        long bytes = 0;
        int scanned = 0;
        while (snapshot.hasNext() && shown.size() < limits.rowsMax() && scanned < limits.scannedMax()) {
            if (bytes >= limits.bytesMax()) break;
            last = snapshot.next();
            scanned++;
            boolean isNew = last.seq().isAfter(from.seq());
            if (!isNew || (!entities.isEmpty() && !entities.contains(last.entity()))) continue;
            shown.add(last);
            bytes += last.bytes();
        }
        boolean hasMore = snapshot.hasNext();
        if (last == null) return empty(from, hasMore);
        Cursor cursor = at(from, last.seq(), last.ordinal(), !hasMore);
        return new Page<>(shown, cursor, hasMore, last.digest(), last.count());
    }

    private static <R extends PageRow> Page<R> empty(Cursor from, boolean hasMore) {
        boolean none = from.seq().isNone();
        return new Page<>(
                List.of(),
                at(from, from.seq(), from.ordinal(), none && !hasMore),
                hasMore,
                none ? Digest.ZERO : null,
                0);
    }

    private static Cursor at(Cursor from, CloudSeq seq, Ordinal ordinal, boolean complete) {
        return new Cursor(from.project(), from.epoch(), seq, ordinal, complete, from.floor(), from.filterHash());
    }

    /** Whether a cursor can no longer be honoured (L9): rows it needs may have been purged. */
    public static boolean isBelowHorizon(Cursor cursor, CloudSeq horizon) {
        CloudSeq held = cursor.floor().isAfter(cursor.seq()) ? cursor.floor() : cursor.seq();
        return horizon.isAfter(held);
    }
}
