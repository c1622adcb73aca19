package dev.tidemark.cli.read;

import dev.tidemark.algebra.Hashes;
import dev.tidemark.model.Digest;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** All live entities of a project, in memory, as changes have made them. */
final class ProjectCopy {
    /** An entity now. {@code hash} is what the server said, {@code payload} what it sent. */
    record Row(long seq, long version, String payload, String hash) {}

    /** Digest and count of a bucket, or of all. */
    record Sum(Digest digest, long count) {
        static final Sum ZERO = new Sum(Digest.ZERO, 0);

        Sum plus(Sum other) {
            return new Sum(digest.plus(other.digest), count + other.count);
        }
    }

    private final String project;
    private final Map<EntityKey, Row> rows = new HashMap<>();

    ProjectCopy(String project) {
        this.project = project;
    }

    void apply(Change change) {
        if (change.isDelete()) rows.remove(change.id());
        else
            rows.put(
                    change.id(),
                    new Row(
                            change.facts().seq(),
                            change.facts().version(),
                            change.image().orElse(""),
                            String.valueOf(change.hash())));
    }

    int size() {
        return rows.size();
    }

    SortedMap<EntityKey, Row> sorted() {
        return new TreeMap<>(rows);
    }

    /** Recomputed from the payloads, whatever hashes came with them; only buckets that are not empty. */
    SortedMap<Integer, Sum> buckets() {
        SortedMap<Integer, Sum> buckets = new TreeMap<>();
        rows.forEach((id, row) -> {
            String path = id.pathIn(project);
            Sum entry = new Sum(Hashes.entry(path, Hashes.image(row.payload())), 1);
            buckets.merge(Hashes.bucket(path), entry, Sum::plus);
        });
        return buckets;
    }

    Sum sum() {
        return buckets().values().stream().reduce(Sum.ZERO, Sum::plus);
    }

    /** Entities whose payload does not have the hash that came with it, in order. */
    List<EntityKey> wronglyHashed() {
        List<EntityKey> wrong = new ArrayList<>();
        sorted().forEach((id, row) -> {
            if (!Hashes.image(row.payload()).hex().equals(row.hash())) wrong.add(id);
        });
        return wrong;
    }

    int bucketOf(EntityKey id) {
        return Hashes.bucket(id.pathIn(project));
    }
}
