package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.Targets;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.model.Target;
import java.util.ArrayList;
import java.util.List;

/** What follows from an outcome whose records have all been read: the mapping, the replica's target, the answer. */
final class OutcomeRules {
    private final UnifiedRules unified;

    OutcomeRules(UnifiedRules unified) {
        this.unified = unified;
    }

    /** @return the outcomes with their seqs */
    List<MappedOrigin> taken(BatchOutcome batch, MaterializeState state) {
        List<MappedOrigin> mapped = new ArrayList<>();
        boolean isFresh = false;
        for (Outcome outcome : batch.outcomes()) {
            MappedOrigin origin = mapped(batch, outcome, state);
            mapped.add(origin);
            if (!isFirst(outcome)) continue;
            isFresh = true;
            state.outcomes.put(key(batch, outcome), origin);
        }
        if (isFresh) pushed(batch.replica(), state);
        return mapped;
    }

    /** The project begins again: no target's cursor counts any more. */
    static void enterEpoch(Epoch epoch, MaterializeState state) {
        state.head = state.head.withEpoch(epoch);
        state.targets.replaceAll(
                (name, target) -> target.unified().epoch().equals(epoch) ? target : Targets.inEpoch(target, epoch));
    }

    /** A replica that pushes is the target of its name. */
    private void pushed(ReplicaId replica, MaterializeState state) {
        state.lastIncarnations.put(replica.replica(), replica.incarnation());
        Target target = state.targets.get(replica.replica());
        if (target == null) return;
        Target after = Targets.pushed(target, replica.incarnation(), state.head.epoch());
        state.targets.put(replica.replica(), unified.extended(after, state));
    }

    private static boolean isFirst(Outcome outcome) {
        return !outcome.duplicate()
                && outcome.reason() != Reason.BELOW_WINDOW
                && outcome.reason() != Reason.ORIGIN_REUSED;
    }

    private static MappedOrigin mapped(BatchOutcome batch, Outcome outcome, MaterializeState state) {
        CloudSeq seq = seqOf(outcome.ordinal(), state);
        CloudSeq first = seqOf(outcome.firstOrdinal(), state);
        if (!seq.isNone() || outcome.ordinal().isNone() || !outcome.duplicate())
            return new MappedOrigin(outcome, seq, first);
        MappedOrigin kept = state.outcomes.get(key(batch, outcome));
        return kept == null
                ? new MappedOrigin(outcome, seq, first)
                : new MappedOrigin(outcome, kept.seq(), kept.firstSeq());
    }

    private static CloudSeq seqOf(Ordinal ordinal, MaterializeState state) {
        LoggedRecord record = state.record(ordinal);
        return record == null ? CloudSeq.NONE : record.seq();
    }

    private static MaterializeState.Mapped key(BatchOutcome batch, Outcome outcome) {
        return new MaterializeState.Mapped(batch.epoch(), batch.replica().origin(outcome.localSeq()));
    }
}
