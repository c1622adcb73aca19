package dev.tidemark.topology.processor;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.algebra.Targets;
import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetKind;
import dev.tidemark.topology.BatchAnswer;
import dev.tidemark.topology.MaterializeEnvironment;
import dev.tidemark.topology.store.MappedRuns;
import dev.tidemark.topology.store.MaterializeStores;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/**
 * What follows from a record or an outcome once it is read: outcomes get their seqs and are answered (L6), the mapping is kept,
 * unified cursors move by rule B (L4). Shared by the processors of one task.
 */
final class Answers {
    private final MaterializeEnvironment environment;
    private final ProcessorContext<byte[], byte[]> context;
    private final MaterializeStores stores;
    private final MappedRuns runs;

    Answers(MaterializeEnvironment environment, ProcessorContext<byte[], byte[]> context, MaterializeStores stores) {
        this.environment = environment;
        this.context = context;
        this.stores = stores;
        this.runs = stores.mappedRuns();
    }

    /** After a record was taken in: answers what waited for it, moves its replica's cursor. */
    void recordRead(LoggedRecord record, Head head, long nowMs) {
        String project = record.id().project();
        List<byte[]> due = stores.unpark(project, record.ordinal());
        while (!due.isEmpty()) {
            for (byte[] parked : due) answer(environment.codec().decodeOutcome(parked), head, nowMs);
            due = stores.unpark(project, record.ordinal());
        }
        if (record.applyWhere() || record.origins().isEmpty()) return;
        Origin origin = record.origins().get(0);
        Target target = stores.target(project, origin.replica());
        if (target != null) store(extended(target), target);
    }

    /** Answers an outcome whose records have all been read. */
    void answer(BatchOutcome outcome, Head head, long nowMs) {
        if (isEpochNotice(outcome)) {
            // Records behind it have said their epoch themselves, and it may be a later one.
            if (head.ordinal().equals(outcome.headOrdinal()))
                enterEpoch(outcome.replica().project(), outcome.epoch());
            return;
        }
        List<MappedOrigin> answered = new ArrayList<>(outcome.outcomes().size());
        List<MappedOrigin> fresh = new ArrayList<>();
        for (Outcome each : outcome.outcomes()) {
            MappedOrigin mapped = mapped(outcome, each);
            answered.add(mapped);
            if (isFirstDecision(each)) fresh.add(mapped);
        }
        if (!fresh.isEmpty()) {
            keep(outcome, fresh, nowMs);
            pushed(outcome.replica(), head);
            forget(outcome, nowMs);
        }
        environment
                .listener()
                .onAnswer(new BatchAnswer(outcome.requestId(), outcome.replica(), outcome.refusal(), answered, head));
    }

    /** The project begins again: its head has the epoch, and no target's cursor counts any more. */
    Head enterEpoch(String project, Epoch epoch) {
        Head head = stores.enterEpoch(project, epoch);
        for (Target target : stores.targets(project))
            if (!target.unified().epoch().equals(epoch)) store(Targets.inEpoch(target, epoch), target);
        return head;
    }

    /** The target after rule B. */
    Target extended(Target target) {
        String incarnation = target.incarnation();
        if (target.kind() != TargetKind.REPLICA || incarnation == null) return target;
        Cursor unified = UnifiedCursor.extended(
                target.unified(),
                target.name(),
                incarnation,
                ordinal -> stores.record(target.project(), ordinal),
                null);
        return unified.equals(target.unified()) ? target : target.withUnified(unified);
    }

    /** It is shown once it is committed, which is soon. */
    void store(Target after, @Nullable Target before) {
        if (after.equals(before)) return;
        environment.pending().changing(after.project(), after.name(), before);
        stores.putTarget(after);
        context.commit();
    }

    void delete(Target before) {
        environment.pending().changing(before.project(), before.name(), before);
        stores.deleteTarget(before.project(), before.name());
        context.commit();
    }

    private static boolean isEpochNotice(BatchOutcome outcome) {
        return outcome.replica().replica().isEmpty();
    }

    private static boolean isFirstDecision(Outcome outcome) {
        return !outcome.duplicate()
                && outcome.reason() != Reason.BELOW_WINDOW
                && outcome.reason() != Reason.ORIGIN_REUSED;
    }

    private MappedOrigin mapped(BatchOutcome batch, Outcome outcome) {
        ReplicaId replica = batch.replica();
        CloudSeq seq = stores.seqOf(replica.project(), outcome.ordinal());
        CloudSeq first = outcome.firstOrdinal().equals(outcome.ordinal())
                ? seq
                : stores.seqOf(replica.project(), outcome.firstOrdinal());
        if (!seq.isNone() || outcome.ordinal().isNone() || !outcome.duplicate())
            return new MappedOrigin(outcome, seq, first);
        OriginRun<MappedOrigin> run = runs.atOrBelow(replica, batch.epoch(), outcome.localSeq());
        MappedOrigin kept = run == null ? null : run.find(outcome.localSeq());
        return kept == null
                ? new MappedOrigin(outcome, seq, first)
                : new MappedOrigin(outcome, kept.seq(), kept.firstSeq());
    }

    private void keep(BatchOutcome batch, List<MappedOrigin> fresh, long nowMs) {
        ReplicaId replica = batch.replica();
        OriginRun<MappedOrigin> run = new OriginRun<>(fresh);
        if (stands(run, replica, batch.epoch())) {
            runs.put(replica, batch.epoch(), run, nowMs);
            return;
        }
        for (MappedOrigin each : fresh) {
            OriginRun<MappedOrigin> holder = runs.atOrBelow(replica, batch.epoch(), each.localSeq());
            List<OriginRun<MappedOrigin>> changed =
                    holder == null ? List.of(new OriginRun<>(List.of(each))) : holder.with(each);
            for (OriginRun<MappedOrigin> part : changed) runs.put(replica, batch.epoch(), part, nowMs);
        }
    }

    /** Whether a run can be kept as it is, between or behind those that are kept. */
    private boolean stands(OriginRun<MappedOrigin> run, ReplicaId replica, Epoch epoch) {
        if (runs.isAboveAll(replica, epoch, run.first())) return true;
        OriginRun<MappedOrigin> before = runs.atOrBelow(replica, epoch, run.last());
        return before == null || before.last() < run.first();
    }

    /** Admit answers {@code below_window} at or below the floor, so that nobody asks for those seqs as outcomes again (L2). */
    private void forget(BatchOutcome batch, long nowMs) {
        long untilMs = nowMs - environment.keeping().mapping().toMillis();
        if (batch.floor() >= 0 && untilMs > 0) runs.drop(batch.replica(), batch.epoch(), batch.floor(), untilMs);
    }

    /** A replica that pushes is the target of its name. */
    private void pushed(ReplicaId replica, Head head) {
        String last = stores.lastIncarnation(replica.project(), replica.replica());
        if (!replica.incarnation().equals(last)) stores.putLastIncarnation(replica);
        Target target = stores.target(replica.project(), replica.replica());
        if (target == null) return;
        store(extended(Targets.pushed(target, replica.incarnation(), head.epoch())), target);
    }
}
