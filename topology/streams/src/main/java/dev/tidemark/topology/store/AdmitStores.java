package dev.tidemark.topology.store;

import dev.tidemark.algebra.AdmitDecision;
import dev.tidemark.algebra.AdmitView;
import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.DecidedOrigin;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.IndexEntry;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.ProjectWrites;
import dev.tidemark.algebra.ReplicaState;
import dev.tidemark.algebra.RunSpan;
import dev.tidemark.model.Policy;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * Admit's state of one partition. Only stream threads touch it, and nothing is ever served from it: it shows writes that are
 * not committed. Heads, buckets and counts of recently used projects are also kept in memory; whoever fails in the middle
 * of a decision must throw, so that the task is closed and the memory goes with it.
 */
public final class AdmitStores {
    private final KeyValueStore<Bytes, byte[]> entities;
    private final KeyValueStore<Bytes, byte[]> origins;
    private final KeyValueStore<Bytes, byte[]> replicas;
    private final KeyValueStore<Bytes, byte[]> index;
    private final KeyValueStore<Bytes, byte[]> heads;
    private final KeyValueStore<Bytes, byte[]> policies;
    private final KeyValueStore<Bytes, byte[]> deleted;
    /** Entity types of a project whose counts are kept in memory; a project may have any number of types. */
    private static final int COUNTS_MAX = 1_000;

    private final Recent<String, HotRows> hot = new Recent<>(Recent.PROJECTS_MAX, project -> new HotRows());
    private final Recent<ReplicaId, ReplicaRows> hotReplicas =
            new Recent<>(Recent.REPLICAS_MAX, replica -> new ReplicaRows(first -> spans(replica, first)));

    public AdmitStores(ProcessingContext context) {
        this.entities = context.getStateStore(Names.ENTITIES_BY_PATH);
        this.origins = context.getStateStore(Names.ORIGINS);
        this.replicas = context.getStateStore(Names.REPLICAS);
        this.index = context.getStateStore(Names.PATHS_BY_FIELD);
        this.heads = context.getStateStore(Names.HEADS);
        this.policies = context.getStateStore(Names.POLICIES);
        this.deleted = context.getStateStore(Names.DELETED_BY_TIME);
    }

    public View view(String project) {
        return new View(project, hot.of(project));
    }

    /** Carries out what a decision says of its replica and its origins. */
    public void write(AdmitDecision decision) {
        ReplicaId id = decision.replicaId();
        ReplicaRows rows = hotReplicas.of(id);
        for (OriginRun<DecidedOrigin> run : decision.runs()) {
            origins.put(Keys.origin(id, run.first()), AdmitRows.run(run));
            rows.oldest.written(run);
        }
        for (long first : decision.runsDropped()) {
            origins.delete(Keys.origin(id, first));
            rows.oldest.dropped(first);
        }
        ReplicaState replica = decision.replica();
        if (replica == null) return;
        replicas.put(Keys.replica(id), AdmitRows.replica(replica));
        rows.state = replica;
    }

    private List<RunSpan> spans(ReplicaId replica, long first) {
        List<RunSpan> spans = new ArrayList<>(OldestRuns.KEPT);
        try (KeyValueIterator<Bytes, byte[]> rows =
                origins.range(Keys.origin(replica, first), Keys.origin(replica, Long.MAX_VALUE))) {
            while (rows.hasNext() && spans.size() < OldestRuns.KEPT)
                spans.add(RunSpan.of(AdmitRows.run(rows.next().value)));
        }
        return spans;
    }

    /**
     * Carries out the state part of writes.
     *
     * @param nowMs append time of what led to them, milliseconds since 1970
     */
    public void write(String project, ProjectWrites writes, long nowMs) {
        HotRows rows = hot.of(project);
        List<KeyValue<Bytes, byte[]>> entityRows =
                new ArrayList<>(writes.entities().size());
        writes.entities().forEach((path, state) -> {
            entityRows.add(KeyValue.pair(Keys.of(path), AdmitRows.entity(state)));
            if (!state.isLive())
                deleted.put(Keys.timed(nowMs, project, state.ordinal().value()), path.getBytes(StandardCharsets.UTF_8));
        });
        if (!entityRows.isEmpty()) entities.putAll(entityRows);
        writeHeads(project, writes, rows);
        writeIndex(project, writes.index().added(), writes.index().removed());
    }

    private void writeHeads(String project, ProjectWrites writes, HotRows rows) {
        List<KeyValue<Bytes, byte[]>> headRows = new ArrayList<>();
        writes.buckets().forEach((number, bucket) -> {
            rows.buckets[number] = bucket;
            headRows.add(KeyValue.pair(Keys.bucket(project, number), AdmitRows.bucket(bucket)));
        });
        writes.typeCounts().forEach((entity, count) -> {
            rows.counts.put(entity, count);
            headRows.add(KeyValue.pair(Keys.typeCount(project, entity), AdmitRows.count(count)));
        });
        if (!writes.head().equals(view(project).head())) {
            rows.head = writes.head();
            headRows.add(KeyValue.pair(headKey(project), AdmitRows.head(writes.head())));
        }
        if (!headRows.isEmpty()) heads.putAll(headRows);
    }

    /**
     * Forgets entities that were deleted before {@code untilMs} and not created again. Their versions go into the project's
     * version floor, so that one that is created again later still starts above.
     */
    public void pruneDeleted(long untilMs, int limit) {
        if (untilMs <= 0) return;
        List<KeyValue<Bytes, byte[]>> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = deleted.range(null, Keys.timed(untilMs, "", 0))) {
            while (rows.hasNext() && due.size() < limit) due.add(rows.next());
        }
        for (KeyValue<Bytes, byte[]> row : due) {
            if (row.key.equals(Keys.SENTINEL)) continue;
            pruneDeleted(Bytes.wrap(row.value), Keys.number(row.key));
            deleted.delete(row.key);
        }
    }

    private void pruneDeleted(Bytes path, long ordinal) {
        byte[] row = entities.get(path);
        EntityState state = row == null ? null : AdmitRows.entity(row);
        if (state == null || state.isLive() || state.ordinal().value() != ordinal) return;
        entities.delete(path);
        String project = EntityPath.projectOf(Keys.suffix(path, 0));
        writeHead(project, view(project).head().withVersionFloor(state.version()));
    }

    public void writeHead(String project, ProjectHead head) {
        hot.of(project).head = head;
        heads.put(headKey(project), AdmitRows.head(head));
    }

    public void writePolicy(String project, Policy policy) {
        hot.of(project).policy = policy;
        policies.put(Keys.of(project), AdmitRows.policy(policy));
    }

    public void writeIndex(String project, List<IndexEntry> added, List<IndexEntry> removed) {
        for (IndexEntry entry : removed) index.delete(key(project, entry));
        for (IndexEntry entry : added) index.put(key(project, entry), new byte[0]);
    }

    /** Whether anything is known of a replica of that name, in any incarnation. */
    public boolean isKnown(String project, String replica) {
        byte[] prefix = Keys.named(project, replica + '\0').get();
        try (KeyValueIterator<Bytes, byte[]> rows = replicas.range(Bytes.wrap(prefix), Keys.after(prefix))) {
            return rows.hasNext();
        }
    }

    /**
     * Drops outcomes of a replica, at most {@code limit} rows. Its floors stay, at the highest local seq that was decided, so that
     * nothing it sent before can take effect again (L2).
     *
     * @return whether all of them are gone
     */
    public boolean forgetReplica(String project, String replica, int limit) {
        hotReplicas.clear();
        byte[] prefix = Keys.named(project, replica + '\0').get();
        for (KeyValue<Bytes, byte[]> row : rows(replicas, prefix, Integer.MAX_VALUE)) {
            ReplicaState state = AdmitRows.replica(row.value);
            replicas.put(row.key, AdmitRows.replica(new ReplicaState(state.max(), state.max(), 0)));
        }
        List<KeyValue<Bytes, byte[]>> due = rows(origins, prefix, limit);
        due.forEach(row -> origins.delete(row.key));
        return due.size() < limit;
    }

    /**
     * Drops what is known of a project's replicas, at most {@code limit} rows.
     *
     * @param after where the last call ended; empty: at the start
     * @return where to go on, ASCII; null: all of them are gone
     */
    public @Nullable String forgetReplicas(String project, String after, int limit) {
        hotReplicas.clear();
        byte[] prefix = Keys.project(project);
        Bytes from = Bytes.wrap(after.isEmpty() ? prefix : Base64.getDecoder().decode(after));
        Bytes last = drop(origins, from, Keys.after(prefix), limit);
        if (last != null) return Base64.getEncoder().encodeToString(last.get());
        while (drop(replicas, Bytes.wrap(prefix), Keys.after(prefix), limit) != null) continue;
        return null;
    }

    /** @return the last key dropped, if there may be more */
    private static @Nullable Bytes drop(KeyValueStore<Bytes, byte[]> store, Bytes from, Bytes to, int limit) {
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(from, to)) {
            while (rows.hasNext() && keys.size() < limit) keys.add(rows.next().key);
        }
        keys.forEach(store::delete);
        return keys.size() == limit ? keys.get(limit - 1) : null;
    }

    private static List<KeyValue<Bytes, byte[]>> rows(KeyValueStore<Bytes, byte[]> store, byte[] prefix, int limit) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = store.range(Bytes.wrap(prefix), Keys.after(prefix))) {
            while (rows.hasNext() && found.size() < limit) found.add(rows.next());
        }
        return found;
    }

    /** Drops every index row of a field. */
    public int dropIndex(String project, String entity) {
        byte[] prefix = Keys.named(project, entity + '\0').get();
        List<Bytes> keys = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows = index.range(Bytes.wrap(prefix), Keys.after(prefix))) {
            while (rows.hasNext()) keys.add(rows.next().key);
        }
        keys.forEach(index::delete);
        return keys.size();
    }

    private static Bytes key(String project, IndexEntry entry) {
        return Keys.index(project, entry.entity(), entry.field(), entry.value(), entry.path());
    }

    private static Bytes headKey(String project) {
        return Keys.of(project);
    }

    /** Rows of one project that nearly every batch reads. */
    private static final class HotRows {
        private @Nullable ProjectHead head;
        private @Nullable Policy policy;
        private final @Nullable BucketState[] buckets = new BucketState[BucketState.BUCKETS];
        private final java.util.Map<String, Long> counts = new java.util.HashMap<>();
    }

    /** Rows of one replica that every batch of it reads. */
    private static final class ReplicaRows {
        private @Nullable ReplicaState state;
        private final OldestRuns oldest;

        ReplicaRows(OldestRuns.Rows runs) {
            this.oldest = new OldestRuns(runs);
        }
    }

    /** One project's state before a batch. */
    public final class View implements AdmitView {
        private final String project;
        private final HotRows rows;

        private View(String project, HotRows rows) {
            this.project = project;
            this.rows = rows;
        }

        @Override
        public ProjectHead head() {
            if (rows.head == null) {
                byte[] row = heads.get(headKey(project));
                rows.head = row == null ? ProjectHead.NEW : AdmitRows.head(row);
            }
            return rows.head;
        }

        @Override
        public Policy policy() {
            if (rows.policy == null) {
                byte[] row = policies.get(Keys.of(project));
                rows.policy = row == null ? Policy.DEFAULT : AdmitRows.policy(row);
            }
            return rows.policy;
        }

        @Override
        public BucketState bucket(int number) {
            BucketState bucket = rows.buckets[number];
            if (bucket == null) {
                byte[] row = heads.get(Keys.bucket(project, number));
                bucket = row == null ? BucketState.EMPTY : AdmitRows.bucket(row);
                rows.buckets[number] = bucket;
            }
            return bucket;
        }

        @Override
        public long countOf(String entity) {
            if (rows.counts.size() > COUNTS_MAX) rows.counts.clear();
            return rows.counts.computeIfAbsent(entity, type -> {
                byte[] row = heads.get(Keys.typeCount(project, type));
                return row == null ? 0L : AdmitRows.count(row);
            });
        }

        @Override
        public @Nullable EntityState entity(String path) {
            byte[] row = entities.get(Keys.of(path));
            return row == null ? null : AdmitRows.entity(row);
        }

        @Override
        public ReplicaState replica(ReplicaId replica) {
            ReplicaRows kept = hotReplicas.of(replica);
            if (kept.state == null) {
                byte[] row = replicas.get(Keys.replica(replica));
                kept.state = row == null ? ReplicaState.NEW : AdmitRows.replica(row);
            }
            return kept.state;
        }

        @Override
        public @Nullable OriginRun<DecidedOrigin> runAtOrBelow(ReplicaId replica, long localSeq) {
            try (KeyValueIterator<Bytes, byte[]> rows =
                    origins.reverseRange(Keys.origin(replica, 0), Keys.origin(replica, localSeq))) {
                return rows.hasNext() ? AdmitRows.run(rows.next().value) : null;
            }
        }

        @Override
        public @Nullable RunSpan runAbove(ReplicaId replica, long first) {
            return hotReplicas.of(replica).oldest.above(first);
        }

        @Override
        public List<String> pathsByField(String entity, String field, String value, int limit) {
            byte[] prefix = Keys.indexPrefix(project, entity, field, value);
            List<String> paths = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> rows = index.range(Bytes.wrap(prefix), Keys.after(prefix))) {
                while (rows.hasNext() && paths.size() < limit) paths.add(Keys.suffix(rows.next().key, prefix.length));
            }
            return paths;
        }

        @Override
        public List<String> pathsOfType(String entity, int limit) {
            return livePaths(EntityPath.typePrefix(project, entity), "", limit);
        }

        /** Paths of live entities of the project behind {@code after}, in order. */
        public List<String> pathsAfter(String after, int limit) {
            return livePaths(project + "/", after, limit);
        }

        private List<String> livePaths(String prefix, String after, int limit) {
            byte[] start = Keys.of(prefix).get();
            Bytes from = after.isEmpty() ? Bytes.wrap(start) : Keys.of(after);
            List<String> paths = new ArrayList<>();
            try (KeyValueIterator<Bytes, byte[]> rows = entities.range(from, Keys.after(start))) {
                while (rows.hasNext() && paths.size() < limit) {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    String path = Keys.suffix(row.key, 0);
                    if (!path.equals(after)
                            && path.startsWith(prefix)
                            && AdmitRows.entity(row.value).isLive()) paths.add(path);
                }
            }
            return paths;
        }
    }
}
