package dev.tidemark.topology.store;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topology.serde.Keys;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.jspecify.annotations.Nullable;

/**
 * The mapping of a partition: runs of decided origins by replica and epoch. In the common case, a replica that pushes above all it
 * pushed before, neither keeping a run nor dropping old ones reads a row. Not thread-safe: one task's.
 */
public final class MappedRuns {
    /** More than the one run that a batch adds; less than Admit drops with each, so that the mapping outlives its dedup rows. */
    private static final int DROPPED_PER_CALL = 8;

    private final KeyValueStore<Bytes, byte[]> rows;
    private final Recent<ReplicaId, Known> recent = new Recent<>(Recent.REPLICAS_MAX, replica -> new Known());

    MappedRuns(KeyValueStore<Bytes, byte[]> rows) {
        this.rows = rows;
    }

    /** What is known of the runs of a replica in one epoch without reading them. */
    private static final class Known {
        private static final long UNKNOWN = -2;

        private @Nullable Epoch epoch;
        /** At or above every local seq that is mapped; -1 none. */
        private long highest = UNKNOWN;
        /** No run begins below. */
        private long from;
        /** Last local seq of the oldest run: it is looked at again when the floor is there, and ... */
        private long waitsForFloor;
        /** ... when it was decided before what is kept. */
        private long waitsUntilMs;

        Known in(Epoch now) {
            if (now.equals(epoch)) return this;
            epoch = now;
            highest = UNKNOWN;
            from = 0;
            looksAgain();
            return this;
        }

        /** The oldest run is no longer known. */
        void looksAgain() {
            waitsForFloor = 0;
            waitsUntilMs = 0;
        }
    }

    /** The run with the highest first local seq at or below that one; null: none. */
    public @Nullable OriginRun<MappedOrigin> atOrBelow(ReplicaId replica, Epoch epoch, long localSeq) {
        try (KeyValueIterator<Bytes, byte[]> found =
                rows.reverseRange(Keys.mapped(replica, epoch, 0), Keys.mapped(replica, epoch, localSeq))) {
            return found.hasNext() ? MaterializeRows.run(found.next().value) : null;
        }
    }

    /** Whether that local seq is above all that are mapped. */
    public boolean isAboveAll(ReplicaId replica, Epoch epoch, long localSeq) {
        return localSeq > highest(replica, epoch).highest;
    }

    private Known highest(ReplicaId replica, Epoch epoch) {
        Known known = recent.of(replica).in(epoch);
        if (known.highest == Known.UNKNOWN) {
            OriginRun<MappedOrigin> last = atOrBelow(replica, epoch, Long.MAX_VALUE);
            known.highest = last == null ? -1 : last.last();
        }
        return known;
    }

    /** @param decidedMs milliseconds since 1970 */
    public void put(ReplicaId replica, Epoch epoch, OriginRun<MappedOrigin> run, long decidedMs) {
        Known known = highest(replica, epoch);
        known.highest = Math.max(known.highest, run.last());
        known.from = Math.min(known.from, run.first());
        if (run.first() <= known.waitsForFloor) known.looksAgain();
        rows.put(Keys.mapped(replica, epoch, run.first()), MaterializeRows.run(run, decidedMs));
    }

    /**
     * Drops the oldest runs of a replica that nothing can ask for again: Admit's floor is at or above their last local seq, and they
     * were decided before {@code untilMs}. A bounded number at a time.
     */
    public void drop(ReplicaId replica, Epoch epoch, long floor, long untilMs) {
        Known known = recent.of(replica).in(epoch);
        if (floor < known.waitsForFloor || untilMs <= known.waitsUntilMs) return;
        known.looksAgain();
        List<Long> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> found =
                rows.range(Keys.mapped(replica, epoch, known.from), Keys.mapped(replica, epoch, Long.MAX_VALUE))) {
            while (found.hasNext() && due.size() < DROPPED_PER_CALL) {
                byte[] row = found.next().value;
                OriginRun<MappedOrigin> run = MaterializeRows.run(row);
                long decidedMs = MaterializeRows.runDecidedMs(row);
                known.from = run.first();
                if (decidedMs >= untilMs || run.last() > floor) {
                    known.waitsForFloor = run.last();
                    known.waitsUntilMs = decidedMs;
                    break;
                }
                due.add(run.first());
            }
        }
        for (long first : due) rows.delete(Keys.mapped(replica, epoch, first));
    }
}
