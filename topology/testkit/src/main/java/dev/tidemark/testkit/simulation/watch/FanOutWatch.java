package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.testkit.FanOutLaw;
import dev.tidemark.testkit.LogRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * L10: what an apply_where does is worked out anew from the state before its first record, and each of its records, which must
 * be contiguous, is held against that.
 */
final class FanOutWatch {
    private final CommittedLog log;
    private final Map<Origin, Map<EntityId, Optional<String>>> due = new HashMap<>();
    private final Map<Origin, Ordinal> last = new HashMap<>();

    FanOutWatch(CommittedLog log) {
        this.log = log;
    }

    /** The origins before are forgotten. */
    void enterEpoch() {
        due.clear();
        last.clear();
    }

    /** Before the record is part of the log. */
    void check(LogRecord record) {
        if (!record.change().meta().applyWhere()) return;
        Origin origin = record.change().meta().origins().get(0);
        Mutation mutation = log.arrived(origin).orElseThrow();
        Map<EntityId, Optional<String>> expected =
                due.computeIfAbsent(origin, first -> FanOutLaw.effects(mutation, log.images()));
        Optional<String> image = expected.remove(record.id());
        Violation.unless(
                image != null && Objects.equals(image.orElse(null), record.image()),
                Invariant.L10_FAN_OUT,
                () -> origin + " changed " + record.id() + " to " + record.image() + ", expected " + image);
        Ordinal before = last.put(origin, record.ordinal());
        Violation.unless(
                before == null || before.next().equals(record.ordinal()),
                Invariant.L10_FAN_OUT,
                () -> origin + " has records that are not contiguous: " + before + ", " + record.ordinal());
    }

    /** Its first outcome, once its records are part of the log. */
    void decided(Origin origin, Outcome outcome) {
        if (outcome.kind() != Outcome.Kind.ACCEPTED || outcome.fanOut() == null) return;
        Map<EntityId, Optional<String>> left = due.getOrDefault(origin, Map.of());
        Violation.unless(left.isEmpty(), Invariant.L10_FAN_OUT, () -> origin + " missed " + left);
    }
}
