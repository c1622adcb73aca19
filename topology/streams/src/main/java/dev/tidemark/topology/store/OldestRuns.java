package dev.tidemark.topology.store;

import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.RunSpan;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where the oldest dedup runs of one replica stand. They are dropped from the oldest on, nearly one with each batch; a read from
 * the first key on would step over all that RocksDB still keeps of those dropped before. Invariant: no stored run is before or
 * between {@code spans}. Not thread-safe: one task's.
 */
final class OldestRuns {
    /** Spans that are read at a time, and more than which are not collected. */
    static final int KEPT = 16;

    private final Rows rows;
    private final ArrayDeque<RunSpan> spans = new ArrayDeque<>(KEPT);
    /** No run begins below. */
    private long from;
    /** Whether no run is behind {@code spans}. */
    private boolean all;

    /** The stored runs of the replica. */
    interface Rows {
        /** Runs whose first local seq is at or above that one, the first {@link #KEPT} of them in order. */
        List<RunSpan> from(long first);
    }

    OldestRuns(Rows rows) {
        this.rows = rows;
    }

    /** The run with the lowest first local seq above that one; null: none. To be asked from the oldest on. */
    @Nullable
    RunSpan above(long first) {
        RunSpan known = knownAbove(first);
        if (known != null || all) return known;
        RunSpan last = spans.peekLast();
        List<RunSpan> read = rows.from(last == null ? from : last.first() + 1);
        spans.addAll(read);
        all = read.size() < KEPT;
        return knownAbove(first);
    }

    private @Nullable RunSpan knownAbove(long first) {
        for (RunSpan span : spans) if (span.first() > first) return span;
        return null;
    }

    void written(OriginRun<?> run) {
        RunSpan last = spans.peekLast();
        if (last != null && run.first() <= last.last()) forget();
        else if (all && spans.size() < KEPT) spans.add(RunSpan.of(run));
        else all = false;
        from = Math.min(from, run.first());
    }

    void dropped(long first) {
        RunSpan oldest = spans.peekFirst();
        if (oldest == null || oldest.first() != first) {
            forget();
            return;
        }
        spans.remove();
        from = first + 1;
    }

    private void forget() {
        spans.clear();
        all = false;
    }
}
