package dev.tidemark.testkit;

import dev.tidemark.algebra.Admission;
import dev.tidemark.algebra.AdmitDecision;
import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.algebra.AdmitView;
import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.DecidedOrigin;
import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.IndexEntry;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.ProjectDeletion;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.ProjectWrites;
import dev.tidemark.algebra.ReplicaState;
import dev.tidemark.algebra.RunSpan;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Policy;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Admit with maps for stores: what the algebra decides is carried out whole, as a transaction would. */
public final class AlgebraModel implements AdmitView {
    private final Epoch epoch;
    private final Policy policy;
    private final AdmitLimits limits;
    private ProjectHead head = ProjectHead.NEW;
    private final NavigableMap<String, EntityState> entities = new TreeMap<>();
    private final Map<Integer, BucketState> buckets = new HashMap<>();
    private final Map<String, Long> typeCounts = new HashMap<>();
    private final Map<ReplicaId, ReplicaState> replicas = new HashMap<>();
    private final Map<ReplicaId, NavigableMap<Long, OriginRun<DecidedOrigin>>> runs = new HashMap<>();
    private final NavigableSet<IndexEntry> index = new TreeSet<>(Comparator.comparing(IndexEntry::entity)
            .thenComparing(IndexEntry::field)
            .thenComparing(IndexEntry::value)
            .thenComparing(IndexEntry::path));

    /** @param epoch of the project's first generation */
    public AlgebraModel(Epoch epoch, Policy policy, AdmitLimits limits) {
        this.epoch = epoch;
        this.policy = policy;
        this.limits = limits;
    }

    /** What a transaction that was not committed falls back to. */
    public AlgebraModel copy() {
        AlgebraModel copy = new AlgebraModel(epoch, policy, limits);
        copy.head = head;
        copy.entities.putAll(entities);
        copy.buckets.putAll(buckets);
        copy.typeCounts.putAll(typeCounts);
        copy.replicas.putAll(replicas);
        runs.forEach((replica, rows) -> copy.runs.put(replica, new TreeMap<>(rows)));
        copy.index.addAll(index);
        return copy;
    }

    /** What a batch led to: all its records, and what was decided last. */
    public record Pushed(List<EntityChange> changes, AdmitDecision decision) {
        public BatchOutcome outcome() {
            return decision.outcome();
        }
    }

    public Pushed push(MutationBatch batch) {
        return push(batch, null);
    }

    /** @param requestId of whoever waits for the outcome */
    public Pushed push(MutationBatch batch, @Nullable String requestId) {
        List<EntityChange> changes = new ArrayList<>();
        AdmitDecision decision =
                new Admission(batch, epoch(), this, limits).decide(requestId, part -> carryOut(part, changes));
        carryOut(decision.writes(), changes);
        carryOut(decision);
        return new Pushed(changes, decision);
    }

    /** Of the project's present generation. */
    public Epoch epoch() {
        return new Epoch(epoch.bits() + head.generation());
    }

    /** From now on batches are refused. */
    public void beginDeletion() {
        head = head.with(ProjectHead.Life.DELETING);
    }

    /** Deletes the next live entities in path order. */
    public List<EntityChange> deleteSome(String project, int limit) {
        List<String> paths = entities.entrySet().stream()
                .filter(entry -> entry.getValue().isLive())
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
        List<EntityChange> changes = new ArrayList<>();
        carryOut(ProjectDeletion.tombstones(project, paths, epoch(), this), changes);
        return changes;
    }

    /** With the records go the origins; what comes then is of the next generation. */
    public void endDeletion() {
        runs.clear();
        replicas.clear();
        head = head.nextGeneration();
    }

    /** Paths of entities that were deleted and are still known. */
    public List<String> deleted() {
        return entities.entrySet().stream()
                .filter(entry -> !entry.getValue().isLive())
                .map(Map.Entry::getKey)
                .toList();
    }

    private void carryOut(ProjectWrites writes, List<EntityChange> changes) {
        changes.addAll(writes.changes());
        head = writes.head();
        entities.putAll(writes.entities());
        buckets.putAll(writes.buckets());
        typeCounts.putAll(writes.typeCounts());
        writes.index().removed().forEach(index::remove);
        index.addAll(writes.index().added());
    }

    private void carryOut(AdmitDecision decision) {
        ReplicaState replica = decision.replica();
        if (replica != null) replicas.put(decision.replicaId(), replica);
        NavigableMap<Long, OriginRun<DecidedOrigin>> rows = runsOf(decision.replicaId());
        decision.runsDropped().forEach(rows::remove);
        decision.runs().forEach(run -> rows.put(run.first(), run));
    }

    /** Forgets a deleted entity, as a purge does. */
    public void prune(String path) {
        EntityState pruned = entities.remove(path);
        if (pruned == null || pruned.isLive()) throw new IllegalArgumentException("only deleted entities are pruned");
        head = head.withVersionFloor(pruned.version());
    }

    @Override
    public ProjectHead head() {
        return head;
    }

    @Override
    public Policy policy() {
        return policy;
    }

    @Override
    public BucketState bucket(int bucket) {
        return buckets.getOrDefault(bucket, BucketState.EMPTY);
    }

    @Override
    public long countOf(String entity) {
        return typeCounts.getOrDefault(entity, 0L);
    }

    @Override
    public @Nullable EntityState entity(String path) {
        return entities.get(path);
    }

    @Override
    public ReplicaState replica(ReplicaId replica) {
        return replicas.getOrDefault(replica, ReplicaState.NEW);
    }

    @Override
    public @Nullable OriginRun<DecidedOrigin> runAtOrBelow(ReplicaId replica, long localSeq) {
        Map.Entry<Long, OriginRun<DecidedOrigin>> run = runsOf(replica).floorEntry(localSeq);
        return run == null ? null : run.getValue();
    }

    @Override
    public @Nullable RunSpan runAbove(ReplicaId replica, long first) {
        var above = runsOf(replica).higherEntry(first);
        return above == null ? null : RunSpan.of(above.getValue());
    }

    @Override
    public List<String> pathsByField(String entity, String field, String value, int limit) {
        return index.stream()
                .filter(entry -> entry.entity().equals(entity))
                .filter(entry -> entry.field().equals(field) && entry.value().equals(value))
                .map(IndexEntry::path)
                .limit(limit)
                .toList();
    }

    @Override
    public List<String> pathsOfType(String entity, int limit) {
        return entities.entrySet().stream()
                .filter(entry -> entry.getKey().split("/", -1)[1].equals(entity))
                .filter(entry -> entry.getValue().isLive())
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }

    private NavigableMap<Long, OriginRun<DecidedOrigin>> runsOf(ReplicaId replica) {
        return runs.computeIfAbsent(replica, id -> new TreeMap<>());
    }
}
