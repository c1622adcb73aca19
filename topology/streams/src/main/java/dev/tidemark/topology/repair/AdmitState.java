package dev.tidemark.topology.repair;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.Digest;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.FenceRows;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/**
 * What Admit's changelogs hold, found by project and not by the partition it lies on, which may be one of before. Of each entity a
 * place is kept in memory and no image. A row that lies on its right partition counts more than one that does not: a repair that
 * ended half-way has moved it there.
 */
final class AdmitState {
    private static final int TIME_BYTES = 8;

    private final RepairSite site;
    private final CommittedReader reader;
    private final int target;
    /** Partitions that entities were read from. */
    private int read;

    private final Map<Bytes, Place> entities = new HashMap<>();
    private final Map<String, Map<Bytes, Held>> small = new HashMap<>();

    /** Where the last row of an entity lies. */
    private record Place(
            int partition, long offset, @Nullable Digest entry) {}

    /** A row and the partition it lies on. */
    record Held(int partition, byte[] value) {}

    private AdmitState(RepairSite site, CommittedReader reader, int target) {
        this.site = site;
        this.reader = reader;
        this.target = target;
    }

    /** @param target partitions that the topics have now */
    static AdmitState read(RepairSite site, CommittedReader reader, int target) throws RepairRefused {
        AdmitState state = new AdmitState(site, reader, target);
        Application admit = site.admit();
        Map<String, TopicDescription> topics = site.describe(admit.changelogs());
        for (String store : admit.stores()) {
            TopicDescription topic = topics.get(admit.changelog(store));
            if (topic == null) throw notWhole("the changelog " + admit.changelog(store) + " is gone");
            if (topic.partitions().size() > target)
                throw notWhole("the changelog " + topic.name() + " has "
                        + topic.partitions().size() + " partitions, the topics have only " + target
                        + ", and Kafka takes none away");
            for (int p = 0; p < topic.partitions().size(); p++) state.read(store, p);
        }
        state.requireFenced(topics.get(admit.changelog(Names.ADMIT_FENCE)));
        state.requireWhole();
        return state;
    }

    private void read(String store, int partition) throws RepairRefused {
        String changelog = site.admit().changelog(store);
        if (store.equals(Names.ENTITIES_BY_PATH)) {
            readEntities(changelog, partition);
            read = partition + 1;
        } else {
            Map<Bytes, Held> held = small.computeIfAbsent(store, each -> new HashMap<>());
            reader.rows(changelog, partition).forEach((key, value) -> {
                if (key.equals(Keys.SENTINEL) || store.equals(Names.ADMIT_FENCE)) return;
                Held before = held.get(key);
                if (before == null || partition == partitionOf(store, key)) held.put(key, new Held(partition, value));
            });
        }
    }

    private void readEntities(String changelog, int partition) throws RepairRefused {
        reader.read(changelog, partition, row -> {
            Bytes key = Bytes.wrap(row.key());
            if (key.equals(Keys.SENTINEL)) return;
            Place before = entities.get(key);
            boolean misplaced = partition != partitionOf(Names.ENTITIES_BY_PATH, key);
            if (before != null && before.partition != partition && misplaced) return;
            if (row.value() == null) entities.remove(key);
            else entities.put(key, new Place(partition, row.offset(), entry(key, AdmitRows.entity(row.value()))));
        });
    }

    private static @Nullable Digest entry(Bytes path, EntityState state) {
        return state.hash() == null ? null : Hashes.entry(Keys.suffix(path, 0), state.hash());
    }

    /** A fence is written behind all that it stands for, so that one of them is enough; none, and something is not written yet. */
    private void requireFenced(@Nullable TopicDescription fences) throws RepairRefused {
        Map<String, String> ids = site.changelogIds(site.admit());
        boolean fenced = false;
        for (int p = 0; fences != null && p < fences.partitions().size(); p++) {
            byte[] row = reader.rows(fences.name(), p).get(FenceRows.IDENTITY);
            if (row == null) continue;
            fenced = true;
            if (!FenceRows.fence(row).changelogIds().equals(ids)) throw notWhole("one of its changelogs was made anew");
        }
        for (DecidedProject project : ControlSnapshot.read(site, reader).projects()) {
            if (!fenced) throw notWhole("a repair of " + site.admit().id() + " did not end");
            if (!heads().containsKey(project.project()))
                throw notWhole("it has no head of project " + project.project());
        }
    }

    /** The entities add up to the heads, or something of either is lost. */
    private void requireWhole() throws RepairRefused {
        Map<String, BucketState> totals = new HashMap<>();
        entities.forEach((path, place) -> {
            if (place.entry != null)
                totals.merge(
                        EntityPath.projectOf(Keys.suffix(path, 0)),
                        BucketState.EMPTY.plus(place.entry),
                        (a, b) -> new BucketState(a.digest().plus(b.digest()), a.count() + b.count()));
        });
        SortedMap<String, ProjectHead> heads = heads();
        heads.forEach((project, head) -> totals.putIfAbsent(project, BucketState.EMPTY));
        for (Map.Entry<String, BucketState> each : totals.entrySet()) {
            ProjectHead head = heads.getOrDefault(each.getKey(), ProjectHead.NEW);
            if (!head.total().equals(each.getValue()))
                throw notWhole("project " + each.getKey() + " has "
                        + each.getValue().count() + " entities of digest "
                        + each.getValue().digest().hex() + ", its head says "
                        + head.total().count() + " of " + head.total().digest().hex());
        }
    }

    SortedMap<String, ProjectHead> heads() {
        SortedMap<String, ProjectHead> heads = new TreeMap<>();
        rows(Names.HEADS).forEach((key, held) -> {
            if (!hasZero(key)) heads.put(Keys.suffix(key, 0), AdmitRows.head(held.value));
        });
        return heads;
    }

    /** Rows of a store other than that of the entities and that of the fence. */
    Map<Bytes, Held> rows(String store) {
        return small.getOrDefault(store, Map.of());
    }

    /** Entities, deleted ones included. */
    long size() {
        return entities.size();
    }

    /** Live entities. */
    long live() {
        return entities.values().stream().filter(place -> place.entry != null).count();
    }

    interface EntityTaker {
        void take(String path, int partition, EntityState state) throws RepairRefused;
    }

    /** Reads every entity again, images included. */
    void entities(EntityTaker taker) throws RepairRefused {
        String changelog = site.admit().changelog(Names.ENTITIES_BY_PATH);
        for (int p = 0; p < read; p++) {
            int partition = p;
            reader.read(changelog, p, row -> {
                Place place = entities.get(Bytes.wrap(row.key()));
                if (place != null && place.partition == partition && place.offset == row.offset())
                    taker.take(Keys.suffix(Bytes.wrap(row.key()), 0), partition, AdmitRows.entity(row.value()));
            });
        }
    }

    /** Where a row belongs. */
    int partitionOf(String store, Bytes key) {
        return Partitions.of(projectOf(store, key), target);
    }

    private static String projectOf(String store, Bytes key) {
        if (store.equals(Names.ENTITIES_BY_PATH)) return EntityPath.projectOf(Keys.suffix(key, 0));
        byte[] bytes = key.get();
        if (store.equals(Names.DELETED_BY_TIME))
            return Keys.projectOf(Bytes.wrap(Arrays.copyOfRange(bytes, TIME_BYTES, bytes.length)));
        return hasZero(key) ? Keys.projectOf(key) : Keys.suffix(key, 0);
    }

    private static boolean hasZero(Bytes key) {
        for (byte each : key.get()) if (each == 0) return true;
        return false;
    }

    private static RepairRefused notWhole(String why) {
        return new RepairRefused(
                RepairRefused.SOURCE_MISSING,
                "the log is written from what Admit kept, and that is not whole: " + why
                        + ". If the log is, run `tidemark repair admit`; else restore a backup");
    }
}
