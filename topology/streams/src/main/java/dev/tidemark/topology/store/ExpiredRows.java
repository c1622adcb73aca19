package dev.tidemark.topology.store;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Head;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.serde.MaterializeRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/** Finds and deletes rows past their time. Each call looks at a bounded number of rows and goes on where the last one ended. */
public final class ExpiredRows {
    private static final int TOMBSTONES_PER_CALL = 5_000;
    private static final int ROWS_PER_CALL = 10_000;

    private final MaterializeStores stores;
    private final KeyValueStore<Bytes, byte[]> changes;
    private final KeyValueStore<Bytes, byte[]> paths;
    private final KeyValueStore<Bytes, byte[]> tombstones;
    private final KeyValueStore<Bytes, byte[]> records;
    private final KeyValueStore<Bytes, byte[]> buckets;
    private @Nullable Bytes nextRecord;
    private @Nullable Bytes nextBucket;

    public ExpiredRows(ProcessingContext context, MaterializeStores stores) {
        this.stores = stores;
        this.changes = context.getStateStore(Names.CHANGES_BY_SEQ);
        this.paths = context.getStateStore(Names.SEQS_BY_PATH);
        this.tombstones = context.getStateStore(Names.TOMBSTONES_BY_TIME);
        this.records = context.getStateStore(Names.RECORDS_BY_ORDINAL);
        this.buckets = context.getStateStore(Names.BUCKETS_BY_SEQ);
    }

    /**
     * Purges tombstones committed before {@code untilMs}; a project's head row stays.
     *
     * @return highest purged seq by project
     */
    public Map<String, CloudSeq> purgeTombstones(long untilMs) {
        Map<String, CloudSeq> highest = new HashMap<>();
        for (Bytes key : tombstonesBefore(untilMs)) {
            Bytes tail = Bytes.wrap(java.util.Arrays.copyOfRange(key.get(), 8, key.get().length));
            String project = Keys.projectOf(tail);
            CloudSeq seq = new CloudSeq(Keys.number(key));
            Head head = stores.head(project);
            if (head == null || head.seq().equals(seq)) continue;
            if (purge(project, seq)) highest.merge(project, seq, (a, b) -> a.isAfter(b) ? a : b);
            tombstones.delete(key);
        }
        return highest;
    }

    private List<Bytes> tombstonesBefore(long untilMs) {
        List<Bytes> keys = new ArrayList<>();
        if (untilMs <= 0) return keys;
        Bytes from = Bytes.wrap(new byte[] {0, 0, 0});
        try (KeyValueIterator<Bytes, byte[]> rows = tombstones.range(from, Keys.timed(untilMs, "", 0))) {
            while (rows.hasNext() && keys.size() < TOMBSTONES_PER_CALL) {
                Bytes key = rows.next().key;
                if (!key.equals(Keys.SENTINEL)) keys.add(key);
            }
        }
        return keys;
    }

    /** Whether there still was a tombstone at that seq. */
    private boolean purge(String project, CloudSeq seq) {
        byte[] bytes = changes.get(Keys.seq(project, seq));
        if (bytes == null) return false;
        ChangeRow row = MaterializeRows.change(bytes);
        if (row.isLive()) return false;
        changes.delete(Keys.seq(project, seq));
        paths.delete(Keys.of(EntityPath.of(project, row.entity(), row.key())));
        return true;
    }

    /** Drops mapping records and bucket states that are superseded and older than {@code untilMs}. */
    public void dropSuperseded(long untilMs) {
        if (untilMs <= 0) return;
        nextRecord = dropRecords(nextRecord, untilMs);
        nextBucket = dropBuckets(nextBucket, untilMs);
    }

    private @Nullable Bytes dropRecords(@Nullable Bytes from, long untilMs) {
        Walk walk = Walk.over(records, from);
        for (KeyValue<Bytes, byte[]> row : walk.rows) {
            String project = Keys.projectOf(row.key);
            RecordRow record = MaterializeRows.record(project, row.value);
            if (record.committedMs() >= untilMs) continue;
            PathRow last = stores.path(EntityPath.of(record.record().id()));
            Head head = stores.head(project);
            boolean isLast = last != null && last.seq().equals(record.record().seq());
            boolean isHead = head != null && head.seq().equals(record.record().seq());
            if (!isLast && !isHead) records.delete(row.key);
        }
        return walk.next;
    }

    private @Nullable Bytes dropBuckets(@Nullable Bytes from, long untilMs) {
        Walk walk = Walk.over(buckets, from);
        @Nullable Bytes previous = null;
        for (KeyValue<Bytes, byte[]> row : walk.rows) {
            boolean sameBucket = previous != null && samePrefix(previous, row.key);
            if (sameBucket && previous != null && MaterializeRows.bucketCommittedMs(row.value) < untilMs)
                buckets.delete(previous);
            previous = row.key;
        }
        return walk.next == null ? null : previous;
    }

    private static boolean samePrefix(Bytes a, Bytes b) {
        int length = a.get().length - 8;
        return b.get().length - 8 == length && java.util.Arrays.equals(a.get(), 0, length, b.get(), 0, length);
    }

    /** Some rows of a store from a place on, and the place to go on at; null: at its start. */
    private record Walk(List<KeyValue<Bytes, byte[]>> rows, @Nullable Bytes next) {
        static Walk over(KeyValueStore<Bytes, byte[]> store, @Nullable Bytes from) {
            List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> all = store.range(from, null)) {
                while (all.hasNext() && rows.size() < ROWS_PER_CALL) {
                    KeyValue<Bytes, byte[]> row = all.next();
                    if (!row.key.equals(Keys.SENTINEL)) rows.add(row);
                }
                return new Walk(rows, all.hasNext() ? all.next().key : null);
            }
        }
    }
}
