package dev.tidemark.topology.repair;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.Filterable;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.IndexEntry;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Admit's rows of one project, from its records in the order of the log. Keeps a hash of each entity in memory, and no image.
 * Invariant: the entities read add up to the digest of the furthest head that anybody knows, or nothing is rebuilt.
 */
final class ProjectRebuild {
    private final DecidedProject decided;
    private final RowSink rows;
    private final Map<String, Standing> standing = new HashMap<>();
    private final Map<Integer, BucketState> buckets = new HashMap<>();
    private final Map<String, Long> typeCounts = new HashMap<>();
    private BucketState total = BucketState.EMPTY;
    private KnownHead head = KnownHead.NONE;
    private long records;

    /** What is remembered of an entity: its hash, null where it was deleted, and the rows of the index. */
    private record Standing(@Nullable Hash hash, List<IndexEntry> index) {}

    /**
     * A head that some store or record tells of.
     *
     * @param versionFloor -1: not known
     */
    record KnownHead(Ordinal ordinal, BucketState total, long versionFloor) {
        static final KnownHead NONE = new KnownHead(Ordinal.NONE, BucketState.EMPTY, -1);
    }

    ProjectRebuild(DecidedProject decided, RowSink rows) {
        this.decided = decided;
        this.rows = rows;
    }

    void take(EntityChange change, long committedMs) {
        RecordMeta meta = change.meta();
        String path = EntityPath.of(change.id());
        Image image = change.image() == null ? null : Image.ofCanonical(change.image());
        EntityState state = new EntityState(image, meta.hash(), meta.version(), meta.ordinal());
        rows.put(Names.ENTITIES_BY_PATH, Keys.of(path), AdmitRows.entity(state));
        if (image == null)
            rows.put(
                    Names.DELETED_BY_TIME,
                    Keys.timed(committedMs, decided.project(), meta.ordinal().value()),
                    path.getBytes(StandardCharsets.UTF_8));
        Standing before = standing.put(path, new Standing(meta.hash(), index(change, path, image)));
        count(path, change.id().entity(), before == null ? null : before.hash, meta.hash());
        index(before == null ? List.of() : before.index, path);
        head = new KnownHead(meta.ordinal(), new BucketState(meta.digest(), meta.count()), -1);
        records++;
    }

    /**
     * Writes what is known when all is read.
     *
     * @param known heads that others tell of
     * @throws RepairRefused if records that were committed are not in the log
     */
    ProjectHead finish(List<KnownHead> known) throws RepairRefused {
        KnownHead furthest = head;
        long floor = -1;
        for (KnownHead each : known) {
            if (each.ordinal.isAfter(furthest.ordinal)) furthest = each;
            floor = Math.max(floor, each.versionFloor);
        }
        if (!total.equals(furthest.total)) throw doesNotAddUp(furthest);
        ProjectHead rebuilt = new ProjectHead(
                furthest.ordinal,
                total,
                floor >= 0 ? floor : versionFloor(furthest.ordinal),
                decided.generation(),
                decided.life());
        String project = decided.project();
        rows.put(Names.HEADS, Keys.of(project), AdmitRows.head(rebuilt));
        buckets.forEach(
                (number, bucket) -> rows.put(Names.HEADS, Keys.bucket(project, number), AdmitRows.bucket(bucket)));
        typeCounts.forEach(
                (type, count) -> rows.put(Names.HEADS, Keys.typeCount(project, type), AdmitRows.count(count)));
        rows.put(Names.POLICIES, Keys.of(project), AdmitRows.policy(decided.policy()));
        return rebuilt;
    }

    /** Live entities. */
    long count() {
        return total.count();
    }

    /**
     * An entity that was pruned, and whose records compaction has taken, may have had any version that so many records can give it:
     * each carries at most a batch of mutations.
     */
    private long versionFloor(Ordinal last) {
        return (last.value() - records) * OriginRun.ORIGINS_MAX;
    }

    private void count(String path, String type, @Nullable Hash before, @Nullable Hash after) {
        int number = Hashes.bucket(path);
        BucketState bucket = buckets.getOrDefault(number, BucketState.EMPTY);
        if (before != null) {
            bucket = bucket.minus(Hashes.entry(path, before));
            total = total.minus(Hashes.entry(path, before));
        }
        if (after != null) {
            bucket = bucket.plus(Hashes.entry(path, after));
            total = total.plus(Hashes.entry(path, after));
        }
        buckets.put(number, bucket);
        typeCounts.merge(type, (after == null ? 0L : 1L) - (before == null ? 0L : 1L), Long::sum);
    }

    private List<IndexEntry> index(EntityChange change, String path, @Nullable Image image) {
        String type = change.id().entity();
        List<IndexEntry> entries = new ArrayList<>();
        if (image == null) return entries;
        for (String field : decided.policy().filterableFields(type))
            for (String value : Filterable.valuesOf(image.field(field)))
                entries.add(new IndexEntry(type, field, value, path));
        return entries;
    }

    /** Takes out the rows of the index that the entity no longer has, then puts in those that it has. */
    private void index(List<IndexEntry> before, String path) {
        for (IndexEntry entry : before)
            rows.put(
                    Names.PATHS_BY_FIELD,
                    Keys.index(decided.project(), entry.entity(), entry.field(), entry.value(), path),
                    null);
        Standing now = standing.get(path);
        for (IndexEntry entry : now == null ? List.<IndexEntry>of() : now.index)
            rows.put(
                    Names.PATHS_BY_FIELD,
                    Keys.index(decided.project(), entry.entity(), entry.field(), entry.value(), path),
                    new byte[0]);
    }

    private RepairRefused doesNotAddUp(KnownHead furthest) {
        return new RepairRefused(
                RepairRefused.SOURCE_MISMATCH,
                "project " + decided.project() + ": the log has " + total.count() + " entities of digest "
                        + total.digest().hex() + ", but at ordinal "
                        + furthest.ordinal.value() + " there were " + furthest.total.count() + " of digest "
                        + furthest.total.digest().hex() + "; the log's last ordinal is " + head.ordinal.value()
                        + ". Records are missing from the log: if Admit's changelogs are whole, run"
                        + " `tidemark repair log`, else restore a backup");
    }
}
