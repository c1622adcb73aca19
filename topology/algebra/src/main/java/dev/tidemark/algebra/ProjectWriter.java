package dev.tidemark.algebra;

import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.RecordMeta;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A project's state while records are added to it: reads through to the state before, keeps what changed. Invariant: after
 * each record, head, buckets, type counts and index entries are those of the entities as they then are.
 */
final class ProjectWriter {
    private final String project;
    private final Epoch epoch;
    private final AdmitView view;
    private final List<EntityChange> changes = new ArrayList<>();
    private final Map<String, EntityState> entities = new LinkedHashMap<>();
    private final Map<Integer, BucketState> buckets = new HashMap<>();
    private final Map<String, Long> typeCounts = new HashMap<>();
    private final Set<IndexEntry> indexAdded = new LinkedHashSet<>();
    private final Set<IndexEntry> indexRemoved = new LinkedHashSet<>();
    private long chars;
    private ProjectHead head;

    ProjectWriter(String project, Epoch epoch, AdmitView view) {
        this.project = project;
        this.epoch = epoch;
        this.view = view;
        this.head = view.head();
    }

    String project() {
        return project;
    }

    Epoch epoch() {
        return epoch;
    }

    AdmitView view() {
        return view;
    }

    ProjectHead head() {
        return head;
    }

    /** A project that was absent is there from now on. */
    void open() {
        if (head.life() == ProjectHead.Life.ABSENT) head = head.with(ProjectHead.Life.OPEN);
    }

    @Nullable
    EntityState entity(String path) {
        EntityState changed = entities.get(path);
        return changed != null ? changed : view.entity(path);
    }

    /** Paths written here so far. */
    Set<String> written() {
        return entities.keySet();
    }

    /** Adds the record that takes an entity to {@code after}. */
    EntityState add(String path, EntityId id, @Nullable Image after, long version, List<Origin> origins, Cause cause) {
        return add(path, id, entity(path), after, version, origins, cause);
    }

    /** @param before the entity as {@link #entity} has it: who has read it already need not read it again */
    EntityState add(
            String path,
            EntityId id,
            @Nullable EntityState before,
            @Nullable Image after,
            long version,
            List<Origin> origins,
            Cause cause) {
        Hash hash = after == null ? null : Hashes.image(after.canonical());
        Ordinal ordinal = head.ordinal().next();
        int bucketNumber = Hashes.bucket(path);
        BucketState bucket = buckets.getOrDefault(bucketNumber, view.bucket(bucketNumber));
        BucketState total = head.total();
        if (before != null && before.hash() != null) {
            Digest entry = Hashes.entry(path, before.hash());
            bucket = bucket.minus(entry);
            total = total.minus(entry);
        }
        if (hash != null) {
            Digest entry = Hashes.entry(path, hash);
            bucket = bucket.plus(entry);
            total = total.plus(entry);
        }
        EntityState state = new EntityState(after, hash, version, ordinal);
        head = head.withRecord(ordinal, total);
        buckets.put(bucketNumber, bucket);
        count(id.entity(), before, state);
        index(id.entity(), path, before, state);
        entities.put(path, state);
        if (after != null) chars += after.canonical().length();
        RecordMeta meta = new RecordMeta(
                epoch,
                ordinal,
                after == null ? ChangeOp.DELETE : ChangeOp.UPSERT,
                version,
                hash,
                total.digest(),
                total.count(),
                bucket.digest(),
                bucket.count(),
                origins,
                cause.applyWhere(),
                cause.occurredAt());
        changes.add(new EntityChange(id, meta, after == null ? null : after.canonical()));
        return state;
    }

    /** Why a record is written: by an apply_where or not, and when it happened at the producer. */
    record Cause(boolean applyWhere, @Nullable String occurredAt) {}

    /** Live entities of a type. */
    long countOf(String entity) {
        Long count = typeCounts.get(entity);
        return count == null ? view.countOf(entity) : count;
    }

    /** Length of the images written here so far. */
    long chars() {
        return chars;
    }

    /** All that was added, and the state after it. */
    ProjectWrites writes() {
        return new ProjectWrites(
                changes,
                head,
                entities,
                buckets,
                typeCounts,
                new ProjectWrites.Index(List.copyOf(indexAdded), List.copyOf(indexRemoved)));
    }

    private void count(String entity, @Nullable EntityState before, EntityState after) {
        long change = (after.isLive() ? 1 : 0) - (before != null && before.isLive() ? 1 : 0);
        if (change == 0) return;
        typeCounts.put(entity, countOf(entity) + change);
    }

    private void index(String entity, String path, @Nullable EntityState before, EntityState after) {
        for (String field : view.policy().filterableFields(entity)) {
            String old = before == null || before.image() == null
                    ? null
                    : before.image().field(field);
            String now = after.image() == null ? null : after.image().field(field);
            if (Objects.equals(old, now)) continue;
            for (String value : Filterable.valuesOf(old)) {
                IndexEntry entry = new IndexEntry(entity, field, value, path);
                indexAdded.remove(entry);
                indexRemoved.add(entry);
            }
            for (String value : Filterable.valuesOf(now)) {
                IndexEntry entry = new IndexEntry(entity, field, value, path);
                indexRemoved.remove(entry);
                indexAdded.add(entry);
            }
        }
    }
}
