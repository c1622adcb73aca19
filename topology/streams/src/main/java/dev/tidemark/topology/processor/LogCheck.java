package dev.tidemark.topology.processor;

import dev.tidemark.algebra.Hashes;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Head;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.topology.MaterializeEnvironment.Keeping;
import dev.tidemark.topology.fence.Remedy;
import dev.tidemark.topology.fence.StateMismatch;
import dev.tidemark.topology.store.MaterializeStores;
import dev.tidemark.topology.store.PathRow;
import dev.tidemark.topology.store.RecordRow;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.jspecify.annotations.Nullable;

/**
 * Holds what Admit says of each record against what was read. Invariants: ordinals rise, with no hole but where compaction may
 * have been; the entities read add up to the digest, or would with superseded records that compaction took.
 *
 * <p>Compaction takes a record only if one that supersedes it is older than the lag too, and a delete only past the horizon. So
 * a reader that begins at the start of a compacted log adds up to less for a while, and to the digest again at the latest where
 * records are younger than the lag.
 */
final class LogCheck {
    private final Keeping keeping;
    private final ProcessingContext context;
    private final MaterializeStores stores;

    LogCheck(Keeping keeping, ProcessingContext context, MaterializeStores stores) {
        this.keeping = keeping;
        this.context = context;
        this.stores = stores;
    }

    /** @param committedMs append time, milliseconds since 1970 */
    record Place(CloudSeq seq, long committedMs) {}

    /**
     * @param stood where the entity stood before; null: it was not there
     * @throws StateMismatch if something is lost
     */
    void verify(Head before, EntityChange change, String path, @Nullable PathRow stood, Place at) {
        RecordMeta meta = change.meta();
        if (!meta.ordinal().isAfter(before.ordinal()))
            throw mismatch(
                    change,
                    at,
                    "its ordinal " + meta.ordinal().value() + " is not after "
                            + before.ordinal().value());
        boolean next = meta.ordinal().equals(before.ordinal().next());
        if (!next && !mayBeCompacted(before, change, at))
            throw mismatch(
                    change,
                    at,
                    "records before it are missing and it is too young for compaction: ordinal "
                            + meta.ordinal().value() + " after "
                            + before.ordinal().value());
        Digest seen = stores.digestSeen(change.id().project(), before);
        boolean complete = next && seen.equals(before.digest());
        Digest seenAfter = after(seen, path, stood, meta);
        if (!seenAfter.equals(meta.digest()) && (complete || isYoung(at.committedMs)))
            throw mismatch(change, at, "its digest does not add up");
        stores.putDigestSeen(change.id().project(), seenAfter, meta.digest());
    }

    private static Digest after(Digest seen, String path, @Nullable PathRow stood, RecordMeta meta) {
        Digest after = seen;
        if (stood != null && stood.hash() != null) after = after.minus(Hashes.entry(path, stood.hash()));
        if (meta.hash() != null) after = after.plus(Hashes.entry(path, meta.hash()));
        return after;
    }

    /** Whether the records between the head and this one may all have been taken. */
    private boolean mayBeCompacted(Head before, EntityChange change, Place at) {
        if (before.ordinal().isNone() || !isYoung(at.committedMs)) return true;
        RecordRow last = stores.row(change.id().project(), before.ordinal());
        return last != null && ageMs(last.committedMs()) > keeping.horizon().toMillis();
    }

    private boolean isYoung(long committedMs) {
        return ageMs(committedMs) < keeping.compactionLag().toMillis();
    }

    private long ageMs(long committedMs) {
        return context.currentSystemTimeMs() - committedMs;
    }

    private StateMismatch mismatch(EntityChange change, Place at, String what) {
        return new StateMismatch(StateMismatch.CODE + ": tidemark.log partition "
                + context.taskId().partition() + " seq " + at.seq.value() + " of project "
                + change.id().project() + ": " + what + ". Nothing behind it was read. " + Remedy.MATERIALIZE.text()
                + "; see deploy/README.md, \"state_mismatch\"");
    }
}
