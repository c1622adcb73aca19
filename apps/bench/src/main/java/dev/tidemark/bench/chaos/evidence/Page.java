package dev.tidemark.bench.chaos.evidence;

import dev.tidemark.model.Cursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page as a reader took it.
 *
 * @param from where it was to begin; null: at the beginning
 * @param to its own cursor
 * @param end where the page left nothing; else null
 */
public record Page(
        String reader,
        @Nullable Cursor from,
        Cursor to,
        List<Row> rows,
        @Nullable End end) {
    public Page {
        rows = List.copyOf(rows);
    }

    /**
     * @param head seq of the head as served
     * @param served digest
     * @param computed digest of the reader's copy once the page was in it
     */
    public record End(long head, String served, String computed) {}

    /** Seq after which it begins; -1 at the beginning. */
    public long after() {
        return from == null ? -1 : from.seq().value();
    }

    public long through() {
        return to.seq().value();
    }
}
