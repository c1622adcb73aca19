package dev.tidemark.topology.store;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.model.Target;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Materialize's state of one partition, for the stream thread that writes it. Everything in it but targets is a function of
 * committed records, so readers may see it at any time; targets they may see once committed ({@link PendingTargets}). Each page needs
 * one store only, and an entity's old row goes as its new one comes.
 */
public final class MaterializeStores {
    private static final byte[] NOTHING = {};
    /** An outcome may have some 100 kB. */
    private static final int UNPARKED_PER_CALL = 100;

    private final KeyValueStore<Bytes, byte[]> changes;
    private final KeyValueStore<Bytes, byte[]> paths;
    private final MappedRuns mappedRuns;
    private final KeyValueStore<Bytes, byte[]> records;
    private final KeyValueStore<Bytes, byte[]> targets;
    private final KeyValueStore<Bytes, byte[]> heads;
    private final KeyValueStore<Bytes, byte[]> parked;
    private final KeyValueStore<Bytes, byte[]> buckets;
    private final KeyValueStore<Bytes, byte[]> tombstones;
    private final Recent<String, HotRows> hot = new Recent<>(Recent.PROJECTS_MAX, project -> new HotRows());
    private final Recent<TargetName, HotTarget> hotTargets = new Recent<>(Recent.REPLICAS_MAX, name -> new HotTarget());

    public MaterializeStores(ProcessingContext context) {
        this.changes = context.getStateStore(Names.CHANGES_BY_SEQ);
        this.paths = context.getStateStore(Names.SEQS_BY_PATH);
        this.mappedRuns = new MappedRuns(context.getStateStore(Names.OUTCOMES_BY_ORIGIN));
        this.records = context.getStateStore(Names.RECORDS_BY_ORDINAL);
        this.targets = context.getStateStore(Names.CURSORS_BY_TARGET);
        this.heads = context.getStateStore(Names.HEADS_BY_PROJECT);
        this.parked = context.getStateStore(Names.PARKED_OUTCOMES);
        this.buckets = context.getStateStore(Names.BUCKETS_BY_SEQ);
        this.tombstones = context.getStateStore(Names.TOMBSTONES_BY_TIME);
    }

    /** Rows of one project that nearly every record reads. */
    private static final class HotRows {
        private @Nullable Head head;
        private @Nullable Digest seen;
        private final RecentSeqs seqs = new RecentSeqs();
        private long parkedFirst = UNKNOWN;
        private static final long UNKNOWN = -1;
    }

    private record TargetName(String project, String target) {}

    /** Rows of one target that every record or answer of the replica of its name reads. */
    private static final class HotTarget {
        private boolean isRead;
        private @Nullable Target target;
        private @Nullable String lastIncarnation;

        void set(@Nullable Target now) {
            isRead = true;
            target = now;
        }
    }

    /** Null: nothing of the project was read yet. */
    public @Nullable Head head(String project) {
        HotRows rows = hot.of(project);
        if (rows.head == null) {
            byte[] row = heads.get(Keys.of(project));
            rows.head = row == null ? null : MaterializeRows.head(row);
        }
        return rows.head;
    }

    public void putHead(String project, Head head) {
        hot.of(project).head = head;
        heads.put(Keys.of(project), MaterializeRows.head(head));
    }

    /** Digest of the live entities that were read: the head's, but where compaction took superseded records. */
    public Digest digestSeen(String project, Head head) {
        HotRows rows = hot.of(project);
        if (rows.seen == null) {
            byte[] row = heads.get(Keys.digestSeen(project));
            rows.seen = row == null ? head.digest() : MaterializeRows.digest(row);
        }
        return rows.seen;
    }

    /** @param told of the head that the record makes */
    public void putDigestSeen(String project, Digest seen, Digest told) {
        HotRows rows = hot.of(project);
        boolean differed = rows.seen != null && rows.head != null && !rows.seen.equals(rows.head.digest());
        rows.seen = seen;
        if (!seen.equals(told)) heads.put(Keys.digestSeen(project), MaterializeRows.digest(seen));
        else if (differed) heads.delete(Keys.digestSeen(project));
    }

    public @Nullable PathRow path(String path) {
        byte[] row = paths.get(Keys.of(path));
        return row == null ? null : MaterializeRows.path(row);
    }

    /**
     * Takes a record in: change index, mapping, buckets, counts and head.
     *
     * @param before where the entity stood; null: it was not there
     */
    public LoggedRecord add(EntityChange change, CloudSeq seq, @Nullable PathRow before, long committedMs) {
        String project = change.id().project();
        RecordMeta meta = change.meta();
        String path = EntityPath.of(change.id());
        List<KeyValue<Bytes, byte[]>> rows = new ArrayList<>(2);
        if (before != null) rows.add(KeyValue.pair(Keys.seq(project, before.seq()), null));
        rows.add(KeyValue.pair(
                Keys.seq(project, seq), MaterializeRows.change(ChangeJson.row(change, seq, committedMs))));
        changes.putAll(rows);
        paths.put(Keys.of(path), MaterializeRows.path(new PathRow(seq, meta.hash())));
        if (meta.hash() == null) tombstones.put(Keys.timed(committedMs, project, seq.value()), NOTHING);
        LoggedRecord record = new LoggedRecord(
                seq, meta.ordinal(), change.id(), meta.op(), meta.hash(), meta.origins(), meta.applyWhere());
        records.put(Keys.ordinal(project, meta.ordinal()), MaterializeRows.record(new RecordRow(record, committedMs)));
        buckets.put(
                Keys.bucketAt(project, Hashes.bucket(path), seq.value()),
                MaterializeRows.bucket(new BucketState(meta.bucketDigest(), meta.bucketCount()), committedMs));
        count(project, change.id().entity(), before, meta);
        hot.of(project).seqs.put(meta.ordinal(), seq);
        return record;
    }

    private void count(String project, String entity, @Nullable PathRow before, RecordMeta meta) {
        int change = (meta.hash() != null ? 1 : 0) - (before != null && before.hash() != null ? 1 : 0);
        if (change == 0) return;
        Bytes key = Keys.typeCount(project, entity);
        byte[] row = heads.get(key);
        heads.put(key, AdmitRows.count((row == null ? 0 : AdmitRows.count(row)) + change));
    }

    /** Null: never seen, or past its retention. */
    public @Nullable LoggedRecord record(String project, Ordinal ordinal) {
        RecordRow row = row(project, ordinal);
        return row == null ? null : row.record();
    }

    /** The same with the time of the record. */
    public @Nullable RecordRow row(String project, Ordinal ordinal) {
        byte[] row = records.get(Keys.ordinal(project, ordinal));
        return row == null ? null : MaterializeRows.record(project, row);
    }

    /** {@link CloudSeq#NONE} if the ordinal is none, or no longer known. */
    public CloudSeq seqOf(String project, Ordinal ordinal) {
        if (ordinal.isNone()) return CloudSeq.NONE;
        CloudSeq recent = hot.of(project).seqs.get(ordinal);
        if (recent != null) return recent;
        LoggedRecord record = record(project, ordinal);
        return record == null ? CloudSeq.NONE : record.seq();
    }

    public MappedRuns mappedRuns() {
        return mappedRuns;
    }

    public void park(String project, Ordinal until, long outcomeOffset, byte[] outcome) {
        HotRows rows = hot.of(project);
        parked.put(parkedKey(project, until.value(), outcomeOffset), outcome);
        if (rows.parkedFirst != HotRows.UNKNOWN) rows.parkedFirst = Math.min(rows.parkedFirst, until.value());
    }

    /**
     * Takes out parked outcomes that waited for that ordinal or one before it, in their order, a bounded number at a time; empty:
     * there are no more.
     */
    public List<byte[]> unpark(String project, Ordinal reached) {
        HotRows rows = hot.of(project);
        if (rows.parkedFirst == HotRows.UNKNOWN) rows.parkedFirst = firstParked(project, 0);
        if (rows.parkedFirst > reached.value()) return List.of();
        List<KeyValue<Bytes, byte[]>> due = new ArrayList<>();
        // Rows before the first one are deleted, and stepping over what RocksDB keeps of them would take ever longer.
        Bytes first = parkedKey(project, rows.parkedFirst, 0);
        try (KeyValueIterator<Bytes, byte[]> all =
                parked.range(first, parkedKey(project, reached.value(), Long.MAX_VALUE))) {
            while (all.hasNext() && due.size() < UNPARKED_PER_CALL) due.add(all.next());
        }
        due.forEach(row -> parked.delete(row.key));
        if (due.size() < UNPARKED_PER_CALL) rows.parkedFirst = firstParked(project, reached.value() + 1);
        return due.stream().map(row -> row.value).toList();
    }

    private long firstParked(String project, long from) {
        try (KeyValueIterator<Bytes, byte[]> all =
                parked.range(parkedKey(project, from, 0), parkedKey(project, Long.MAX_VALUE, Long.MAX_VALUE))) {
            if (!all.hasNext()) return Long.MAX_VALUE;
            byte[] key = all.next().key.get();
            return Keys.number(Bytes.wrap(java.util.Arrays.copyOf(key, key.length - 8)));
        }
    }

    private static Bytes parkedKey(String project, long ordinal, long offset) {
        byte[] first = Keys.numbered(project, ordinal).get();
        java.nio.ByteBuffer key = java.nio.ByteBuffer.allocate(first.length + 8);
        return Bytes.wrap(key.put(first).putLong(offset).array());
    }

    public @Nullable Target target(String project, String name) {
        HotTarget hotTarget = hotTargets.of(new TargetName(project, name));
        if (!hotTarget.isRead) {
            byte[] row = targets.get(TargetKeys.target(project, name));
            hotTarget.set(row == null ? null : MaterializeRows.target(project, name, row));
        }
        return hotTarget.target;
    }

    public void putTarget(Target target) {
        hotTargets.of(new TargetName(target.project(), target.name())).set(target);
        targets.put(TargetKeys.target(target.project(), target.name()), MaterializeRows.target(target));
    }

    public void deleteTarget(String project, String name) {
        hotTargets.of(new TargetName(project, name)).set(null);
        targets.delete(TargetKeys.target(project, name));
    }

    public List<Target> targets(String project) {
        List<Target> all = new ArrayList<>();
        byte[] prefix = TargetKeys.targets(project);
        try (KeyValueIterator<Bytes, byte[]> rows = targets.range(Bytes.wrap(prefix), Keys.after(prefix))) {
            while (rows.hasNext()) {
                KeyValue<Bytes, byte[]> row = rows.next();
                all.add(MaterializeRows.target(project, Keys.suffix(row.key, prefix.length), row.value));
            }
        }
        return all;
    }

    /** Incarnation with which a replica pushed last; null: it never did. */
    public @Nullable String lastIncarnation(String project, String replica) {
        HotTarget hotTarget = hotTargets.of(new TargetName(project, replica));
        if (hotTarget.lastIncarnation == null) {
            byte[] row = targets.get(TargetKeys.replica(project, replica));
            hotTarget.lastIncarnation = row == null ? null : new String(row, StandardCharsets.UTF_8);
        }
        return hotTarget.lastIncarnation;
    }

    public void putLastIncarnation(ReplicaId replica) {
        hotTargets.of(new TargetName(replica.project(), replica.replica())).lastIncarnation = replica.incarnation();
        targets.put(
                TargetKeys.replica(replica.project(), replica.replica()),
                replica.incarnation().getBytes(StandardCharsets.UTF_8));
    }

    /** The head in a new epoch. */
    public Head enterEpoch(String project, Epoch epoch) {
        Head before = head(project);
        Head after = before == null ? Head.empty(epoch) : before.withEpoch(epoch);
        putHead(project, after);
        return after;
    }
}
