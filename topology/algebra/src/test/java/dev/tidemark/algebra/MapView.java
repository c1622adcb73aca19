package dev.tidemark.algebra;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Policy;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A project's state in maps, which carries out what is decided and keeps what was last written. */
final class MapView implements AdmitView {
    static final Epoch EPOCH = new Epoch(1);

    private final AdmitLimits limits;
    private ProjectHead head = ProjectHead.NEW;
    private final TreeMap<String, EntityState> entities = new TreeMap<>();
    private final Map<Integer, BucketState> buckets = new HashMap<>();
    private final Map<String, Long> counts = new HashMap<>();
    private final Map<ReplicaId, ReplicaState> replicas = new HashMap<>();
    private final Map<ReplicaId, TreeMap<Long, OriginRun<DecidedOrigin>>> runs = new HashMap<>();
    private List<EntityChange> changes = new ArrayList<>();
    private int parts;

    MapView() {
        this(AdmitLimits.DEFAULT);
    }

    MapView(AdmitLimits limits) {
        this.limits = limits;
    }

    BatchOutcome push(MutationBatch batch) {
        changes = new ArrayList<>();
        parts = 0;
        AdmitDecision decision = new Admission(batch, EPOCH, this, limits).decide(null, this::carryOut);
        carryOut(decision.writes());
        ReplicaState replica = decision.replica();
        if (replica != null) replicas.put(decision.replicaId(), replica);
        TreeMap<Long, OriginRun<DecidedOrigin>> rows = runsOf(decision.replicaId());
        decision.runs().forEach(run -> rows.put(run.first(), run));
        decision.runsDropped().forEach(rows::remove);
        return decision.outcome();
    }

    private void carryOut(ProjectWrites writes) {
        parts++;
        head = writes.head();
        entities.putAll(writes.entities());
        buckets.putAll(writes.buckets());
        counts.putAll(writes.typeCounts());
        changes.addAll(writes.changes());
    }

    /** Words of the contract, with the reason where there is one. */
    List<String> codes(MutationBatch batch) {
        return push(batch).outcomes().stream().map(MapView::code).toList();
    }

    static String code(Outcome outcome) {
        return outcome.reason() == null
                ? outcome.code()
                : outcome.code() + " " + outcome.reason().code();
    }

    /** Times that the last push was carried out before its end. */
    int partsOfLastPush() {
        return parts - 1;
    }

    /** Records of the last push. */
    List<EntityChange> changes() {
        return changes;
    }

    void setHead(ProjectHead head) {
        this.head = head;
    }

    TreeMap<Long, OriginRun<DecidedOrigin>> runsOf(ReplicaId replica) {
        return runs.computeIfAbsent(replica, id -> new TreeMap<>());
    }

    EntityState entity(String type, String key) {
        return entities.get(EntityPath.of(new EntityId("p", type, key)));
    }

    @Override
    public ProjectHead head() {
        return head;
    }

    @Override
    public Policy policy() {
        return Policy.DEFAULT;
    }

    @Override
    public BucketState bucket(int bucket) {
        return buckets.getOrDefault(bucket, BucketState.EMPTY);
    }

    @Override
    public long countOf(String entity) {
        return counts.getOrDefault(entity, 0L);
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
        var run = runsOf(replica).floorEntry(localSeq);
        return run == null ? null : run.getValue();
    }

    @Override
    public @Nullable RunSpan runAbove(ReplicaId replica, long first) {
        var above = runsOf(replica).higherEntry(first);
        return above == null ? null : RunSpan.of(above.getValue());
    }

    @Override
    public List<String> pathsByField(String entity, String field, String value, int limit) {
        return List.of();
    }

    @Override
    public List<String> pathsOfType(String entity, int limit) {
        return entities.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(EntityPath.typePrefix("p", entity)))
                .filter(entry -> entry.getValue().isLive())
                .map(Map.Entry::getKey)
                .limit(limit)
                .toList();
    }
}
