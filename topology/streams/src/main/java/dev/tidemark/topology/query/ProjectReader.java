package dev.tidemark.topology.query;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.Query;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Head;
import dev.tidemark.model.Target;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.ChangeRow;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.topology.store.PathRow;
import dev.tidemark.topology.store.PendingTargets;
import dev.tidemark.topology.store.TargetKeys;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** Reads of a project's present state: heads, entities, targets, buckets. Thread-safe; every method may throw {@link NotServed}. */
public final class ProjectReader {
    /** A row that moves while it is looked up is looked up again. */
    private static final int POINT_READ_TRIES = 50;
    /** Entities looked at for one page of a listing. */
    private static final int LISTING_SCAN_MAX = 20_000;
    /** A change of a target has its commit asked for at once. */
    private static final Duration COMMIT_MAX = Duration.ofSeconds(1);

    private final ServedStores stores;
    private final PendingTargets pending;
    private final ClusterIdentity identity;

    public ProjectReader(ServedStores stores, PendingTargets pending, ClusterIdentity identity) {
        this.stores = stores;
        this.pending = pending;
        this.identity = identity;
    }

    /** Empty: nothing of the project was ever written. */
    public Optional<Head> head(String project) {
        byte[] row = get(Names.HEADS_BY_PROJECT, project, Keys.of(project));
        return row == null ? Optional.empty() : Optional.of(MaterializeRows.head(row));
    }

    /** The head, or that of a project without a record. */
    public Head headOrEmpty(String project) {
        return head(project).orElseGet(() -> Head.empty(identity.epoch(0)));
    }

    /** Heads of all projects of this instance. */
    public SortedMap<String, Head> heads() {
        TreeMap<String, Head> heads = new TreeMap<>();
        for (int partition = 0; partition < stores.partitions(); partition++) {
            try (KeyValueIterator<Bytes, byte[]> rows =
                    stores.ofPartition(Names.HEADS_BY_PROJECT, partition).all()) {
                while (rows.hasNext()) {
                    KeyValue<Bytes, byte[]> row = rows.next();
                    if (isPlainName(row.key)) heads.put(Keys.suffix(row.key, 0), MaterializeRows.head(row.value));
                }
            } catch (InvalidStateStoreException e) {
                throw new NotServed("partition " + partition + " is moving");
            }
        }
        return heads;
    }

    private static boolean isPlainName(Bytes key) {
        for (byte b : key.get()) if (b == 0) return false;
        return true;
    }

    /** Live entities by type. */
    public SortedMap<String, Long> countsByType(String project) {
        TreeMap<String, Long> counts = new TreeMap<>();
        byte[] prefix = Keys.typeCount(project, "").get();
        for (KeyValue<Bytes, byte[]> row : range(Names.HEADS_BY_PROJECT, project, prefix)) {
            long count = AdmitRows.count(row.value);
            if (count > 0) counts.put(Keys.suffix(row.key, prefix.length), count);
        }
        return counts;
    }

    /** The last record of an entity; empty: never written, or its tombstone was purged. */
    public Optional<ChangeRow> entity(EntityId id) {
        Bytes path = Keys.of(EntityPath.of(id));
        for (int tries = 0; tries < POINT_READ_TRIES; tries++) {
            byte[] pointer = get(Names.SEQS_BY_PATH, id.project(), path);
            if (pointer == null) return Optional.empty();
            PathRow at = MaterializeRows.path(pointer);
            byte[] row = get(Names.CHANGES_BY_SEQ, id.project(), Keys.seq(id.project(), at.seq()));
            if (row != null) return Optional.of(MaterializeRows.change(row));
        }
        throw new NotServed("the entity changes faster than it can be read");
    }

    /**
     * A page of live entities of a type in path order.
     *
     * @param next key to go on after; null: there are no more
     */
    public record Listing(List<ChangeRow> rows, @Nullable String next) {}

    /**
     * @param after key behind which to begin; null: at the first
     * @param query null: all
     */
    public Listing entities(String project, String entity, @Nullable String after, int limit, @Nullable Query query) {
        byte[] prefix = Keys.of(EntityPath.typePrefix(project, entity)).get();
        Bytes from = after == null ? Bytes.wrap(prefix) : Keys.of(EntityPath.of(project, entity, after));
        List<ChangeRow> rows = new ArrayList<>();
        String last = after;
        int scanned = 0;
        try (KeyValueIterator<Bytes, byte[]> paths =
                stores.of(Names.SEQS_BY_PATH, project).range(from, Keys.after(prefix))) {
            while (paths.hasNext()) {
                KeyValue<Bytes, byte[]> path = paths.next();
                EntityId id = EntityPath.parse(Keys.suffix(path.key, 0));
                if (id.key().equals(after) || MaterializeRows.path(path.value).hash() == null) continue;
                if (rows.size() >= limit || scanned >= LISTING_SCAN_MAX) return new Listing(rows, last);
                scanned++;
                last = id.key();
                entity(id).filter(row -> row.isLive() && matches(row, query)).ifPresent(rows::add);
            }
        } catch (InvalidStateStoreException e) {
            throw new NotServed("the partition is moving");
        }
        return new Listing(rows, null);
    }

    private static boolean matches(ChangeRow row, @Nullable Query query) {
        byte[] payload = row.payloadBytes();
        if (query == null || payload == null) return query == null;
        return query.matches(Image.ofCanonical(new String(payload, StandardCharsets.UTF_8)));
    }

    /** As committed; one that is changing is waited for, a short time. */
    public Optional<Target> target(String project, String name) {
        pending.awaitCommit(project, COMMIT_MAX);
        byte[] row = get(Names.CURSORS_BY_TARGET, project, TargetKeys.target(project, name));
        return pending.committed(project, name, row == null ? null : MaterializeRows.target(project, name, row));
    }

    /** By name, as committed; those that are changing are waited for, a short time. */
    public List<Target> targets(String project) {
        pending.awaitCommit(project, COMMIT_MAX);
        List<Target> targets = new ArrayList<>();
        byte[] prefix = TargetKeys.targets(project);
        for (KeyValue<Bytes, byte[]> row : range(Names.CURSORS_BY_TARGET, project, prefix))
            targets.add(MaterializeRows.target(project, Keys.suffix(row.key, prefix.length), row.value));
        return pending.committed(project, targets);
    }

    /** Incarnation with which a replica pushed last; empty: no replica of that name ever pushed. */
    public Optional<String> lastIncarnation(String project, String replica) {
        byte[] row = get(Names.CURSORS_BY_TARGET, project, TargetKeys.replica(project, replica));
        return Optional.ofNullable(row).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    /** Buckets that have live entities, by number, as of a seq that is at most the head's. */
    public Map<Integer, BucketState> buckets(String project, long seq) {
        Map<Integer, BucketState> buckets = new LinkedHashMap<>();
        ReadOnlyKeyValueStore<Bytes, byte[]> store = stores.of(Names.BUCKETS_BY_SEQ, project);
        for (int number = 0; number < BucketState.BUCKETS; number++) {
            Bytes from = Keys.bucketAt(project, number, 0);
            try (KeyValueIterator<Bytes, byte[]> rows =
                    store.reverseRange(from, Keys.bucketAt(project, number, Math.max(0, seq)))) {
                if (!rows.hasNext()) continue;
                BucketState bucket = MaterializeRows.bucket(rows.next().value);
                if (bucket.count() > 0) buckets.put(number, bucket);
            }
        }
        return buckets;
    }

    /** Bucket of an entity. */
    public static int bucketOf(EntityId id) {
        return Hashes.bucket(EntityPath.of(id));
    }

    private byte @Nullable [] get(String store, String project, Bytes key) {
        try {
            return stores.of(store, project).get(key);
        } catch (InvalidStateStoreException e) {
            throw new NotServed("the partition is moving");
        }
    }

    private List<KeyValue<Bytes, byte[]>> range(String store, String project, byte[] prefix) {
        List<KeyValue<Bytes, byte[]>> found = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> rows =
                stores.of(store, project).range(Bytes.wrap(prefix), Keys.after(prefix))) {
            while (rows.hasNext()) found.add(rows.next());
        } catch (InvalidStateStoreException e) {
            throw new NotServed("the partition is moving");
        }
        return found;
    }
}
