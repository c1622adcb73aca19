package dev.tidemark.algebra;

import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Which origins of one replica are decided, and how: dedup (semantics, section 4). Reads through to the rows before the batch
 * and collects the rows after it. The common case, all local seqs above max, reads no run at all.
 */
final class OriginLedger {
    /** Rows dropped for one batch at most, so that a floor that jumps far costs each batch a little. */
    static final int RUNS_DROPPED_MAX = 16;

    /** Below every local seq. */
    private static final long NONE = -1;

    private final ReplicaId replica;
    private final AdmitView view;
    private final ReplicaState before;
    private final List<DecidedOrigin> fresh = new ArrayList<>();
    private final TreeMap<Long, OriginRun<DecidedOrigin>> rewritten = new TreeMap<>();
    private final List<Long> dropped = new ArrayList<>();
    private long added;

    OriginLedger(ReplicaId replica, AdmitView view) {
        this.replica = replica;
        this.view = view;
        this.before = view.replica(replica);
    }

    /** The earlier decision; null: there is none that is still known. */
    @Nullable
    DecidedOrigin find(long localSeq) {
        if (localSeq > before.max()) return null;
        OriginRun<DecidedOrigin> run = runAtOrBelow(localSeq);
        return run == null ? null : run.find(localSeq);
    }

    /** Whether nothing new may be decided there. */
    boolean isBelowWindow(long localSeq) {
        return localSeq <= before.floor();
    }

    /** Whether a batch may say that it follows that mutation. */
    boolean isDecided(long localSeq) {
        return localSeq < 0 || isBelowWindow(localSeq) || find(localSeq) != null;
    }

    void decide(DecidedOrigin decided) {
        added++;
        if (decided.localSeq() > before.max()) fresh.add(decided);
        else insert(decided);
    }

    /** The replica's row after the batch; null: nothing changed. */
    @Nullable
    ReplicaState after(@Nullable Long ackedThrough, long firstOfBatch, long originsKept) {
        long max = fresh.isEmpty()
                ? before.max()
                : Math.max(before.max(), fresh.get(fresh.size() - 1).localSeq());
        long floor = ackedThrough == null ? before.floor() : Math.max(before.floor(), Math.min(ackedThrough, max));
        long kept = before.decided() + added;
        boolean mayDrop = floor >= 0 || kept > originsKept;
        RunSpan run = mayDrop ? view.runAbove(replica, NONE) : null;
        while (run != null && dropped.size() < RUNS_DROPPED_MAX) {
            boolean acked = run.last() <= floor && run.last() < firstOfBatch;
            boolean surplus = kept - run.count() >= originsKept;
            if ((!acked && !surplus) || rewritten.containsKey(run.first())) break;
            dropped.add(run.first());
            kept -= run.count();
            floor = Math.max(floor, run.last());
            run = view.runAbove(replica, run.first());
        }
        ReplicaState after = new ReplicaState(floor, max, kept);
        return after.equals(before) ? null : after;
    }

    /** Rows to write. */
    List<OriginRun<DecidedOrigin>> runs() {
        List<OriginRun<DecidedOrigin>> runs = new ArrayList<>(rewritten.values());
        if (!fresh.isEmpty()) runs.add(new OriginRun<>(fresh));
        return runs;
    }

    List<Long> dropped() {
        return dropped;
    }

    private @Nullable OriginRun<DecidedOrigin> runAtOrBelow(long localSeq) {
        OriginRun<DecidedOrigin> stored = view.runAtOrBelow(replica, localSeq);
        var changed = rewritten.floorEntry(localSeq);
        if (changed == null) return stored;
        return stored == null || changed.getKey() >= stored.first() ? changed.getValue() : stored;
    }

    private void insert(DecidedOrigin decided) {
        OriginRun<DecidedOrigin> run = runAtOrBelow(decided.localSeq());
        List<OriginRun<DecidedOrigin>> runs =
                run == null ? List.of(new OriginRun<>(List.of(decided))) : run.with(decided);
        for (OriginRun<DecidedOrigin> each : runs) rewritten.put(each.first(), each);
    }
}
