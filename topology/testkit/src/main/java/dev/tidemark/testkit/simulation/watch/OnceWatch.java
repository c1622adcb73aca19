package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.testkit.LogRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;

/** L2: in each epoch an origin has one outcome, and one record exactly if that is accepted. */
final class OnceWatch {
    private record Of(Epoch epoch, Origin origin) {}

    private final Map<Of, Outcome> first = new HashMap<>();
    private final Map<Of, Ordinal> carried = new HashMap<>();

    void check(LogRecord record) {
        if (record.change().meta().applyWhere()) return;
        for (Origin origin : record.change().meta().origins()) {
            Ordinal before = carried.put(new Of(record.change().meta().epoch(), origin), record.ordinal());
            Violation.unless(before == null, Invariant.L2_ONCE, () -> origin + " took effect twice");
        }
    }

    /** @return whether it is the origin's first outcome */
    boolean decided(BatchOutcome batch, Outcome outcome) {
        Of of = new Of(batch.epoch(), batch.replica().origin(outcome.localSeq()));
        boolean isForgotten = outcome.reason() == Reason.BELOW_WINDOW && outcome.localSeq() <= batch.floor();
        if (isForgotten || outcome.reason() == Reason.ORIGIN_REUSED) return false;
        Outcome known = first.putIfAbsent(of, outcome);
        if (known != null)
            Violation.unless(
                    outcome.equals(known.asDuplicate()),
                    Invariant.L2_ONCE,
                    () -> of.origin + " was answered " + known + " and then " + outcome);
        else checkRecord(of, outcome);
        return known == null;
    }

    private void checkRecord(Of of, Outcome outcome) {
        if (outcome.fanOut() != null) return;
        Ordinal expected = outcome.kind() == Outcome.Kind.ACCEPTED ? outcome.ordinal() : null;
        Violation.unless(
                Objects.equals(expected, carried.get(of)),
                Invariant.L2_ONCE,
                () -> of.origin + " is answered " + outcome + " and carried by " + carried.get(of));
    }
}
