package dev.tidemark.topology.store;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Head;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.serde.Keys;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Finds and deletes rows past their time. Each call looks at a bounded number of rows, goes on where the last one ended, and
 * keeps no more than their keys in memory.
 */
public final class ExpiredRows {
    private static final int TOMBSTONES_PER_CALL = 5_000;
    private static final int ROWS_PER_CALL = 10_000;
    private static final int TIME_BYTES = 8;
    private static final int SEQ_BYTES = 8;
    /** Before every time. */
    private static final Bytes NO_TIME = Bytes.wrap(new byte[TIME_BYTES]);

    private final MaterializeStores stores;
    private final KeyValueStore<Bytes, byte[]> changes;
    private final KeyValueStore<Bytes, byte[]> paths;
    private final KeyValueStore<Bytes, byte[]> tombstones;
    private final KeyValueStore<Bytes, byte[]> records;
    private final KeyValueStore<Bytes, byte[]> buckets;
    private final KeyValueStore<Bytes, byte[]> outcomes;
    private @Nullable Bytes nextTombstone;
    private @Nullable Bytes nextRecord;
    private @Nullable Bytes nextBucket;
    private @Nullable Bytes nextRun;

    public ExpiredRows(ProcessingContext context, MaterializeStores stores) {
        this.stores = stores;
        this.changes = context.getStateStore(Names.CHANGES_BY_SEQ);
        this.paths = context.getStateStore(Names.SEQS_BY_PATH);
        this.tombstones = context.getStateStore(Names.TOMBSTONES_BY_TIME);
        this.records = context.getStateStore(Names.RECORDS_BY_ORDINAL);
        this.buckets = context.getStateStore(Names.BUCKETS_BY_SEQ);
        this.outcomes = context.getStateStore(Names.OUTCOMES_BY_ORIGIN);
    }

    /** Tombstones whose time is over. */
    public record Due(List<Tombstone> tombstones) {
        /** Highest seq by project. */
        public Map<String, CloudSeq> highest() {
            Map<String, CloudSeq> highest = new HashMap<>();
            for (Tombstone tombstone : tombstones)
                highest.merge(tombstone.project, tombstone.seq, (a, b) -> a.isAfter(b) ? a : b);
            return highest;
        }
    }

    /** A tombstone of the change index. */
    public record Tombstone(Bytes key, String project, CloudSeq seq, String path) {}

    /** Tombstones committed before {@code untilMs}; a project's head row is never due. */
    public Due due(long untilMs) {
        List<Tombstone> due = new ArrayList<>();
        if (untilMs <= 0) return new Due(due);
        for (Bytes key : tombstonesBefore(untilMs)) {
            String project = Keys.projectOf(Bytes.wrap(Arrays.copyOfRange(key.get(), TIME_BYTES, key.get().length)));
            CloudSeq seq = new CloudSeq(Keys.number(key));
            Head head = stores.head(project);
            if (head == null || head.seq().equals(seq)) continue;
            byte[] row = changes.get(Keys.seq(project, seq));
            if (row == null) tombstones.delete(key);
            else due.add(tombstone(key, project, MaterializeRows.change(row)));
        }
        return new Due(due);
    }

    private static Tombstone tombstone(Bytes key, String project, ChangeRow row) {
        return new Tombstone(key, project, row.seq(), EntityPath.of(project, row.entity(), row.key()));
    }

    private List<Bytes> tombstonesBefore(long untilMs) {
        List<Bytes> keys = new ArrayList<>();
        Bytes from = nextTombstone == null ? NO_TIME : nextTombstone;
        try (KeyValueIterator<Bytes, byte[]> rows = tombstones.range(from, Keys.timed(untilMs, "", 0))) {
            while (rows.hasNext() && keys.size() < TOMBSTONES_PER_CALL) keys.add(rows.next().key);
            nextTombstone = rows.hasNext() ? rows.peekNextKey() : null;
        }
        return keys;
    }

    /** Deletes them. Readers must see the raised horizon before, or one may miss a delete and not know it. */
    public void purge(Due due) {
        for (Tombstone tombstone : due.tombstones) {
            changes.delete(Keys.seq(tombstone.project, tombstone.seq));
            paths.delete(Keys.of(tombstone.path));
            tombstones.delete(tombstone.key);
        }
    }

    /** Drops mapping records and bucket states that are superseded and older than {@code untilMs}. */
    public void dropSuperseded(long untilMs) {
        if (untilMs <= 0) return;
        dropRecords(untilMs);
        dropBuckets(untilMs);
    }

    /** Drops the mapping of epochs that are over: their origins are no longer known to Admit either. */
    public void dropEnded() {
        List<Bytes> ended = new ArrayList<>();
        nextRun = walk(outcomes, nextRun, row -> {
            Head head = stores.head(Keys.projectOf(row.key));
            if (head != null && !head.epoch().equals(Keys.epochOfMapped(row.key))) ended.add(row.key);
        });
        ended.forEach(outcomes::delete);
    }

    private void dropRecords(long untilMs) {
        List<Bytes> superseded = new ArrayList<>();
        nextRecord = walk(records, nextRecord, row -> {
            if (isSuperseded(row, untilMs)) superseded.add(row.key);
        });
        superseded.forEach(records::delete);
    }

    private boolean isSuperseded(KeyValue<Bytes, byte[]> row, long untilMs) {
        String project = Keys.projectOf(row.key);
        RecordRow record = MaterializeRows.record(project, row.value);
        if (record.committedMs() >= untilMs) return false;
        CloudSeq seq = record.record().seq();
        PathRow last = stores.path(EntityPath.of(record.record().id()));
        if (last != null && last.seq().equals(seq)) return false;
        Head head = stores.head(project);
        return head == null || !head.seq().equals(seq);
    }

    /** Of each bucket the last state that is older stays: it is the state as of {@code untilMs}. */
    private void dropBuckets(long untilMs) {
        BucketWalk walk = new BucketWalk(untilMs);
        Bytes next = walk(buckets, nextBucket, walk::visit);
        nextBucket = next == null ? null : walk.previous;
        walk.superseded.forEach(buckets::delete);
    }

    /** Bucket states in the order of their keys, so that each comes behind the one that it supersedes. */
    private static final class BucketWalk {
        private final long untilMs;
        private final List<Bytes> superseded = new ArrayList<>();
        private @Nullable Bytes previous;

        BucketWalk(long untilMs) {
            this.untilMs = untilMs;
        }

        void visit(KeyValue<Bytes, byte[]> row) {
            boolean isOld = MaterializeRows.bucketCommittedMs(row.value) < untilMs;
            if (previous != null && isOld && isOfOneBucket(previous, row.key)) superseded.add(previous);
            previous = row.key;
        }
    }

    private static boolean isOfOneBucket(Bytes a, Bytes b) {
        int length = a.get().length - SEQ_BYTES;
        return b.get().length - SEQ_BYTES == length && Arrays.equals(a.get(), 0, length, b.get(), 0, length);
    }

    /** Shows some rows of a store; the key to go on at, null: at its start. */
    private static @Nullable Bytes walk(
            KeyValueStore<Bytes, byte[]> store, @Nullable Bytes from, Consumer<KeyValue<Bytes, byte[]>> visit) {
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, null)) {
            for (int seen = 0; rows.hasNext() && seen < ROWS_PER_CALL; seen++) {
                KeyValue<Bytes, byte[]> row = rows.next();
                if (!row.key.equals(Keys.SENTINEL)) visit.accept(row);
            }
            return rows.hasNext() ? rows.peekNextKey() : null;
        }
    }
}
