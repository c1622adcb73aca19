package dev.tidemark.topology.repair;

import dev.tidemark.algebra.BucketState;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.RecordMeta;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The entities of one project as the first records of a new epoch. Invariants: ordinals go on above those of before, so that one
 * that somebody kept names no record of now; digests and counts begin at nothing and end at those of before.
 */
final class Reemission {
    private final ProjectHead before;
    private final Epoch epoch;
    private final Map<Integer, BucketState> buckets = new HashMap<>();
    private BucketState total = BucketState.EMPTY;
    private Ordinal last;

    Reemission(ProjectHead before, Epoch epoch) {
        this.before = before;
        this.epoch = epoch;
        this.last = before.ordinal();
    }

    /** @param state of a live entity, as it was kept */
    EntityChange next(String path, EntityState state) {
        Image image = Objects.requireNonNull(state.image());
        Hash hash = Objects.requireNonNull(state.hash());
        Digest entry = Hashes.entry(path, hash);
        int number = Hashes.bucket(path);
        BucketState bucket = buckets.getOrDefault(number, BucketState.EMPTY).plus(entry);
        buckets.put(number, bucket);
        total = total.plus(entry);
        last = last.next();
        RecordMeta meta = new RecordMeta(
                epoch,
                last,
                ChangeOp.UPSERT,
                state.version(),
                hash,
                total.digest(),
                total.count(),
                bucket.digest(),
                bucket.count(),
                List.of(),
                false,
                null);
        return new EntityChange(EntityPath.parse(path), meta, image.canonical());
    }

    /** The head after the last of them. */
    ProjectHead head() {
        return new ProjectHead(last, total, before.versionFloor(), before.generation(), before.life());
    }
}
