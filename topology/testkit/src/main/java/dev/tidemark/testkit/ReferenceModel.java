package dev.tidemark.testkit;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Policy;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.model.Refusal;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What Admit does to one project (semantics, sections 2 to 4), said as naively as possible: a list of records, a map of
 * entities, a map of every outcome ever given. Nothing is kept up to date that can be counted again; nothing is forgotten.
 * Shares with the algebra the text formats only.
 */
public final class ReferenceModel {
    /** Seqs are sparse: between two records up to so many others. */
    private static final int GAP_MAX = 4;

    /**
     * @param fanOutMax most entities that one apply_where may match
     * @param scanMax most entities that a query on no filterable field may look at
     */
    public record Settings(String project, Epoch epoch, Policy policy, int fanOutMax, int scanMax) {
        public static Settings of(String project) {
            return new Settings(project, new Epoch(1), Policy.DEFAULT, 100_000, 100_000);
        }
    }

    /** What was decided of an origin, and for which body. */
    record Decided(List<Object> body, Outcome outcome) {}

    private final Settings settings;
    private final Random gaps;
    private final Map<Origin, Decided> decided = new HashMap<>();
    private final Map<ReplicaId, Long> floors = new HashMap<>();
    private final Map<EntityId, ReferenceEntity> entities = new HashMap<>();
    private final List<LogRecord> log = new ArrayList<>();
    private long versionFloor;
    private Epoch epoch;
    private boolean deleting;

    public ReferenceModel(Settings settings, Random gaps) {
        this.settings = settings;
        this.gaps = gaps;
        this.epoch = settings.epoch();
    }

    /** Applies the batch, or refuses it whole. */
    public BatchOutcome push(MutationBatch batch) {
        ReplicaId replica = batch.replica();
        if (deleting) return answer(replica, Refusal.PROJECT_DELETING, -1, List.of());
        Long follows = batch.follows();
        if (follows != null && !isDecided(replica, follows))
            return answer(replica, Refusal.OUT_OF_ORDER, -1, List.of());
        List<Outcome> outcomes = new ReferenceBatch(this, batch).apply();
        if (batch.ackedThrough() != null)
            floors.put(replica, Math.max(floor(replica), Math.min(batch.ackedThrough(), highestDecided(replica))));
        return answer(replica, null, floor(replica), outcomes);
    }

    /** Forgets a deleted entity, as a purge does. */
    public void prune(EntityId id) {
        ReferenceEntity entity = entities.get(id);
        if (entity == null || entity.fields() != null)
            throw new IllegalArgumentException("only deleted entities are pruned");
        versionFloor = Math.max(versionFloor, entity.version());
        entities.remove(id);
    }

    /** From now on batches are refused. */
    public void beginDeletion() {
        deleting = true;
    }

    /** Deletes the next live entities in path order, as nobody's mutation. */
    public void deleteSome(int limit) {
        images().keySet().stream()
                .sorted(Comparator.comparing(EntityPath::of))
                .limit(limit)
                .forEach(id -> write(id, null, new Carried(version(id) + 1, List.of(), false, null)));
    }

    /** The origins go with the project. */
    public void endDeletion(Epoch next) {
        if (!images().isEmpty()) throw new IllegalStateException("a deleted project has no entities");
        deleting = false;
        epoch = next;
        decided.clear();
        floors.clear();
    }

    /** Every record there ever was, in order. */
    public List<LogRecord> log() {
        return Collections.unmodifiableList(log);
    }

    public Settings settings() {
        return settings;
    }

    /** Highest local seq that the replica may have forgotten about; -1 none. */
    public long floor(ReplicaId replica) {
        return floors.getOrDefault(replica, -1L);
    }

    /** Of the project's last record. */
    public Ordinal head() {
        return log.isEmpty() ? Ordinal.NONE : log.get(log.size() - 1).ordinal();
    }

    /** The first outcome of an origin; null: undecided. */
    public @Nullable Outcome outcome(Origin origin) {
        Decided known = decided.get(origin);
        return known == null ? null : known.outcome();
    }

    /** Canonical images of the live entities. */
    public Map<EntityId, String> images() {
        Map<EntityId, String> images = new HashMap<>();
        entities.forEach((id, entity) -> {
            String image = entity.image();
            if (image != null) images.put(id, image);
        });
        return images;
    }

    public Digest digest() {
        return digest(path -> true);
    }

    @Nullable
    Decided decided(Origin origin) {
        return decided.get(origin);
    }

    void decide(Origin origin, Decided first) {
        if (decided.putIfAbsent(origin, first) != null) throw new IllegalStateException("an outcome is immutable");
    }

    @Nullable
    ReferenceEntity entity(EntityId id) {
        return entities.get(id);
    }

    /** Of an entity as it is now; of one without a record, what a new one starts above. */
    long version(EntityId id) {
        ReferenceEntity entity = entities.get(id);
        return entity == null ? versionFloor : entity.version();
    }

    /** Live entities of a type, in path order. */
    List<EntityId> live(String type) {
        return images().keySet().stream()
                .filter(id -> id.entity().equals(type))
                .sorted((a, b) -> EntityPath.of(a).compareTo(EntityPath.of(b)))
                .toList();
    }

    /** What one record carries beside what follows from the log. */
    record Carried(
            long version,
            List<Origin> origins,
            boolean applyWhere,
            @Nullable String occurredAt) {}

    Ordinal write(EntityId id, @Nullable Map<String, String> fields, Carried carried) {
        Ordinal ordinal = head().next();
        entities.put(id, new ReferenceEntity(fields, carried.version(), ordinal));
        String image = ReferenceEntity.image(fields);
        long last = log.isEmpty() ? -1 : log.get(log.size() - 1).seq().value();
        CloudSeq seq = new CloudSeq(last + 1 + gaps.nextInt(GAP_MAX));
        log.add(new LogRecord(seq, new EntityChange(id, meta(id, ordinal, image, carried), image)));
        return ordinal;
    }

    private RecordMeta meta(EntityId id, Ordinal ordinal, @Nullable String image, Carried carried) {
        int bucket = Hashes.bucket(EntityPath.of(id));
        Predicate<String> inBucket = path -> Hashes.bucket(path) == bucket;
        Hash hash = image == null ? null : Hashes.image(image);
        return new RecordMeta(
                epoch,
                ordinal,
                image == null ? ChangeOp.DELETE : ChangeOp.UPSERT,
                carried.version(),
                hash,
                digest(path -> true),
                count(path -> true),
                digest(inBucket),
                count(inBucket),
                carried.origins(),
                carried.applyWhere(),
                carried.occurredAt());
    }

    private Digest digest(Predicate<String> counted) {
        Digest sum = Digest.ZERO;
        for (Map.Entry<EntityId, String> live : images().entrySet()) {
            String path = EntityPath.of(live.getKey());
            if (counted.test(path)) sum = sum.plus(Hashes.entry(path, Hashes.image(live.getValue())));
        }
        return sum;
    }

    private long count(Predicate<String> counted) {
        return images().keySet().stream().map(EntityPath::of).filter(counted).count();
    }

    private boolean isDecided(ReplicaId replica, long localSeq) {
        return decided.containsKey(replica.origin(localSeq)) || localSeq <= floor(replica);
    }

    private long highestDecided(ReplicaId replica) {
        return decided.keySet().stream()
                .filter(origin -> origin.isOf(replica.replica(), replica.incarnation()))
                .mapToLong(Origin::localSeq)
                .max()
                .orElse(-1);
    }

    private BatchOutcome answer(ReplicaId replica, @Nullable Refusal refusal, long floor, List<Outcome> outcomes) {
        return new BatchOutcome(replica, epoch, null, refusal, head(), floor, outcomes);
    }
}
