package dev.tidemark.wire;

import static dev.tidemark.wire.Checks.invalid;
import static dev.tidemark.wire.Checks.textOrNull;

import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Outcome.FanOut;
import dev.tidemark.model.Reason;
import dev.tidemark.model.Refusal;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Outcomes from and to Avro. The notice of a new epoch is of no replica. No counts at all and counts that are all 0 are the same on the wire. */
final class OutcomeMapper {
    private static final FanOut NO_FAN_OUT = new FanOut(0, 0, 0);

    private OutcomeMapper() {}

    static dev.tidemark.model.BatchOutcome toModel(BatchOutcome batch) {
        return Checks.build(
                UndecodableException.INVALID_CONTENT,
                () -> new dev.tidemark.model.BatchOutcome(
                        new ReplicaId(
                                Checks.name("the project", batch.getProject()),
                                batch.getReplica(),
                                batch.getIncarnation()),
                        LogMapper.epoch(batch.getEpoch()),
                        batch.getRequestId(),
                        batch.getRefusal() == null ? null : Refusal.ofCode(batch.getRefusal()),
                        new Ordinal(batch.getHeadOrdinal()),
                        batch.getFloor(),
                        outcomes(batch.getOutcomes())));
    }

    static BatchOutcome toAvro(dev.tidemark.model.BatchOutcome batch) {
        List<MutationOutcome> outcomes = new ArrayList<>(batch.outcomes().size());
        for (Outcome outcome : batch.outcomes()) outcomes.add(toAvro(outcome));
        Refusal refusal = batch.refusal();
        return new BatchOutcome(
                batch.replica().project(),
                batch.replica().replica(),
                batch.replica().incarnation(),
                LogMapper.epoch(batch.epoch()),
                textOrNull(batch.requestId()),
                refusal == null ? null : refusal.code(),
                batch.headOrdinal().value(),
                batch.floor(),
                outcomes);
    }

    private static List<Outcome> outcomes(List<MutationOutcome> outcomes) {
        List<Outcome> out = new ArrayList<>(outcomes.size());
        for (MutationOutcome outcome : outcomes) out.add(toModel(outcome));
        return out;
    }

    private static Outcome toModel(MutationOutcome outcome) {
        Ordinal ordinal = new Ordinal(outcome.getOrdinal());
        return new Outcome(
                outcome.getLocalSeq(),
                kind(outcome.getKind()),
                outcome.getDuplicate(),
                ordinal,
                outcome.getFirstOrdinal() == 0 ? ordinal : new Ordinal(outcome.getFirstOrdinal()),
                outcome.getVersion(),
                outcome.getReason() == null ? null : Reason.ofCode(outcome.getReason()),
                fanOut(outcome));
    }

    private static MutationOutcome toAvro(Outcome outcome) {
        Reason reason = outcome.reason();
        FanOut fanOut = outcome.fanOut() == null ? NO_FAN_OUT : outcome.fanOut();
        boolean oneRecord = outcome.firstOrdinal().equals(outcome.ordinal());
        return new MutationOutcome(
                outcome.localSeq(),
                OutcomeKind.valueOf(outcome.kind().name()),
                outcome.duplicate(),
                outcome.ordinal().value(),
                oneRecord ? 0 : outcome.firstOrdinal().value(),
                outcome.version(),
                reason == null ? null : reason.code(),
                fanOut.matched(),
                fanOut.changed(),
                fanOut.skipped());
    }

    private static Outcome.Kind kind(OutcomeKind kind) {
        return switch (kind) {
            case ACCEPTED -> Outcome.Kind.ACCEPTED;
            case UNCHANGED -> Outcome.Kind.UNCHANGED;
            case REJECTED -> Outcome.Kind.REJECTED;
            case CONFLICT -> Outcome.Kind.CONFLICT;
            case UNKNOWN -> throw invalid("a kind of outcome that this version does not know");
        };
    }

    private static @Nullable FanOut fanOut(MutationOutcome outcome) {
        FanOut counts = new FanOut(outcome.getMatched(), outcome.getChanged(), outcome.getSkipped());
        return counts.equals(NO_FAN_OUT) ? null : counts;
    }
}
