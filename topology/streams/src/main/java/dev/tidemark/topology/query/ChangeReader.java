package dev.tidemark.topology.query;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Head;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.ChangeRow;
import dev.tidemark.topology.store.MaterializeRows;
import java.util.Collection;
import java.util.Iterator;
import java.util.TreeSet;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.jspecify.annotations.Nullable;

/**
 * Cuts pages for pullers. Each page comes from one snapshot of one store (semantics, section 7), and the horizon is checked again
 * after the scan. Thread-safe.
 */
public final class ChangeReader {
    private final ServedStores stores;
    private final ProjectReader projects;
    private final Cluster cluster;

    public ChangeReader(ServedStores stores, ProjectReader projects, Cluster cluster) {
        this.stores = stores;
        this.projects = projects;
        this.cluster = cluster;
    }

    /** Where a reader without a cursor begins: before every record, its full read bounded by the present head. */
    public Cursor beginning(String project, Collection<String> entities) {
        Head head = projects.headOrEmpty(project);
        Cursor earliest = Cursor.earliest(project, head.epoch(), CursorToken.filterHash(entities));
        return withFloor(earliest, head.seq());
    }

    /**
     * The next page behind a cursor.
     *
     * @param entities types shown; empty: all. The cursor must have been cut with the same
     * @throws CursorUnusable if the cursor cannot be honoured
     * @throws NotServed if what the cursor has seen is not here yet
     */
    public PageRules.Page<ChangeRow> page(
            String project, Cursor cursor, Collection<String> entities, PageRules.Limits limits) {
        Cursor from = cursor;
        check(project, from, entities);
        if (from.seq().isNone() && from.floor().isNone())
            from = withFloor(from, projects.headOrEmpty(project).seq());
        PageRules.Page<ChangeRow> page;
        try (Snapshot snapshot = new Snapshot(project, from.seq())) {
            page = PageRules.cut(from, snapshot, new TreeSet<>(entities), limits);
        } catch (InvalidStateStoreException e) {
            throw new NotServed("the partition is moving");
        }
        checkHorizon(from, projects.headOrEmpty(project));
        if (page.digest() == null) throw new NotServed("the records up to the cursor are not here yet");
        return page;
    }

    /** @throws CursorUnusable or {@link NotServed}, as for a page */
    public void check(String project, Cursor cursor, Collection<String> entities) {
        Head head = projects.headOrEmpty(project);
        if (!cursor.project().equals(project))
            throw new CursorUnusable(CursorUnusable.INVALID, "the cursor is of another project");
        if (cursor.filterHash() != CursorToken.filterHash(entities))
            throw new CursorUnusable(
                    CursorUnusable.INVALID,
                    "the cursor was cut with another entity filter; keep the filter, or read in full");
        if (!cursor.epoch().equals(head.epoch()))
            throw new CursorUnusable(
                    CursorUnusable.EXPIRED, "the cursor is of another epoch of the log; read in full (full=true)");
        checkHorizon(cursor, head);
        if (cursor.seq().isAfter(head.seq())) refuseAhead(project, cursor.seq());
    }

    /** Rows are there a moment before the head says so: whoever has just read one may come back faster than that. */
    private void refuseAhead(String project, CloudSeq seq) {
        try (Snapshot snapshot = new Snapshot(project, seq)) {
            if (snapshot.hasNext()) return;
        } catch (InvalidStateStoreException e) {
            throw new NotServed("the partition is moving");
        }
        if (seq.value() < cluster.committedEnd(stores.partitionOf(project)))
            throw new NotServed("the records up to the cursor are not here yet");
        throw new CursorUnusable(CursorUnusable.AHEAD, "the cursor is beyond the end of the log");
    }

    private static void checkHorizon(Cursor cursor, Head head) {
        boolean begins = cursor.seq().isNone() && cursor.floor().isNone();
        if (!begins && PageRules.isBelowHorizon(cursor, head.horizon()))
            throw new CursorUnusable(
                    CursorUnusable.EXPIRED,
                    "deletes that the cursor has not seen were purged (horizon "
                            + head.horizon().value() + "); read in full (full=true) and drop what it does not show");
    }

    private static Cursor withFloor(Cursor cursor, CloudSeq floor) {
        return new Cursor(
                cursor.project(),
                cursor.epoch(),
                cursor.seq(),
                cursor.ordinal(),
                cursor.complete(),
                floor,
                cursor.filterHash());
    }

    /** Rows of the change index from a seq on; RocksDB iterators see the store as it was when they were opened. */
    private final class Snapshot implements Iterator<ChangeRow>, AutoCloseable {
        private final KeyValueIterator<Bytes, byte[]> rows;

        Snapshot(String project, CloudSeq from) {
            Bytes first = Keys.seq(project, from.isNone() ? new CloudSeq(0) : from);
            this.rows = stores.of(Names.CHANGES_BY_SEQ, project)
                    .range(first, Keys.seq(project, new CloudSeq(Long.MAX_VALUE)));
        }

        @Override
        public boolean hasNext() {
            return rows.hasNext();
        }

        @Override
        public ChangeRow next() {
            return MaterializeRows.change(rows.next().value);
        }

        @Override
        public void close() {
            rows.close();
        }
    }

    /** Null-safe decoding of a token. */
    public static Cursor decode(String token) {
        try {
            return CursorToken.decode(token);
        } catch (RuntimeException e) {
            @Nullable String why = e.getMessage();
            throw new CursorUnusable(CursorUnusable.INVALID, "the cursor is damaged: " + why);
        }
    }
}
