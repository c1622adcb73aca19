package dev.tidemark.topology.repair;

import dev.tidemark.algebra.DecidedOrigin;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.ReplicaState;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Admit's dedup rows of one partition, from the mapping, from outcomes that are not in it yet, and from the origins that records
 * carry. Invariant L2: an origin that may have been decided, and of which nothing is known any more, is at or below its
 * replica's floor, where nothing is taken.
 */
final class OriginsRebuild {
    private final Map<ReplicaId, Known> replicas = new HashMap<>();

    /** What is known of a replica. */
    private static final class Known {
        private final TreeMap<Long, Outcome> decided = new TreeMap<>();
        /** Of records alone: what was rejected beside them is not known. */
        private final TreeMap<Long, Outcome> logged = new TreeMap<>();

        private long floor = -1;
    }

    /** An outcome as the mapping has it. */
    void decided(ReplicaId replica, Outcome outcome) {
        known(replica).decided.putIfAbsent(outcome.localSeq(), outcome);
    }

    /** Outcomes as Admit wrote them. */
    void decided(BatchOutcome batch) {
        if (batch.outcomes().isEmpty()) return;
        Known known = known(batch.replica());
        known.floor = Math.max(known.floor, batch.floor());
        for (Outcome outcome : batch.outcomes())
            if (isFirst(outcome)) known.decided.putIfAbsent(outcome.localSeq(), outcome);
    }

    /** A record of the project's present epoch, after all that was decided; of an apply_where each of its records. */
    void logged(EntityChange change) {
        List<Origin> origins = change.meta().origins();
        for (int i = 0; i < origins.size(); i++) {
            Origin origin = origins.get(i);
            Known known = known(new ReplicaId(change.id().project(), origin.replica(), origin.incarnation()));
            if (known.decided.containsKey(origin.localSeq())) continue;
            Outcome before = known.logged.get(origin.localSeq());
            known.logged.put(origin.localSeq(), outcome(change.meta(), i, before));
        }
    }

    /** Whatever the replica sent up to there belongs to a generation that is over. */
    void raiseFloor(ReplicaId replica, long localSeq) {
        Known known = known(replica);
        known.floor = Math.max(known.floor, localSeq);
    }

    /** @return origins written */
    long finish(RowSink rows) {
        long written = 0;
        for (Map.Entry<ReplicaId, Known> each : replicas.entrySet())
            written += finish(each.getKey(), each.getValue(), rows);
        return written;
    }

    private static long finish(ReplicaId replica, Known known, RowSink rows) {
        TreeMap<Long, Outcome> all = new TreeMap<>(known.logged);
        all.putAll(known.decided);
        List<DecidedOrigin> run = new ArrayList<>();
        for (Outcome outcome : all.values()) {
            run.add(DecidedOrigin.ofUnknownBody(outcome));
            if (run.size() == OriginRun.ORIGINS_MAX) write(replica, run, rows);
        }
        if (!run.isEmpty()) write(replica, run, rows);
        long highest = all.isEmpty() ? known.floor : Math.max(all.lastKey(), known.floor);
        long floor = Math.max(known.floor, isWhole(known) ? known.decided.firstKey() - 1 : highest);
        rows.put(
                Names.REPLICAS, Keys.replica(replica), AdmitRows.replica(new ReplicaState(floor, highest, all.size())));
        return all.size();
    }

    /** Outcomes are dropped from the oldest on, so from the oldest that is kept on all are known. */
    private static boolean isWhole(Known known) {
        return !known.decided.isEmpty()
                && (known.logged.isEmpty() || known.logged.lastKey() < known.decided.firstKey());
    }

    private static void write(ReplicaId replica, List<DecidedOrigin> origins, RowSink rows) {
        OriginRun<DecidedOrigin> run = new OriginRun<>(origins);
        rows.put(Names.ORIGINS, Keys.origin(replica, run.first()), AdmitRows.run(run));
        origins.clear();
    }

    /** An entity's version rises by one with each mutation of a record; an apply_where is known by its records alone. */
    private static Outcome outcome(RecordMeta meta, int index, @Nullable Outcome before) {
        long localSeq = meta.origins().get(index).localSeq();
        if (!meta.applyWhere()) {
            long version = meta.version() - (meta.origins().size() - 1 - index);
            return new Outcome(
                    localSeq, Outcome.Kind.ACCEPTED, false, meta.ordinal(), meta.ordinal(), version, null, null);
        }
        int changed =
                before == null || before.fanOut() == null ? 1 : before.fanOut().changed() + 1;
        return new Outcome(
                localSeq,
                Outcome.Kind.ACCEPTED,
                false,
                meta.ordinal(),
                before == null ? meta.ordinal() : before.firstOrdinal(),
                0,
                null,
                new Outcome.FanOut(changed, changed, 0));
    }

    private static boolean isFirst(Outcome outcome) {
        return !outcome.duplicate()
                && outcome.reason() != Reason.BELOW_WINDOW
                && outcome.reason() != Reason.ORIGIN_REUSED;
    }

    private Known known(ReplicaId replica) {
        return replicas.computeIfAbsent(replica, each -> new Known());
    }
}
