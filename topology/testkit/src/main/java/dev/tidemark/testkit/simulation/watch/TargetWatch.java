package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.algebra.client.ReplicaCopy;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Target;
import dev.tidemark.testkit.CopyLaw;
import dev.tidemark.testkit.LogRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * L4: what is at or below a target's U is in its copy, and what is shown of U never goes back within an epoch and generation,
 * restarts or not.
 */
public final class TargetWatch {
    private record Generation(String target, @Nullable String incarnation, long number, Epoch epoch) {}

    private final CommittedLog log;
    private final Map<Generation, CloudSeq> before = new HashMap<>();

    public TargetWatch(CommittedLog log) {
        this.log = log;
    }

    /** @param completeAt highest complete cursor that the copy ever had in this epoch */
    public void check(Target target, ReplicaCopy copy, CloudSeq completeAt) {
        checkForward(target);
        CopyLaw law =
                new CopyLaw(log.records(), mutation -> log.outcome(copy.id().origin(mutation.localSeq())));
        law.violation(target.unified(), copy, completeAt).ifPresent(what -> {
            throw new Violation(Invariant.L4_CURSOR, copy.id() + ": " + what);
        });
    }

    /** A copy of somebody who does not push, in canonical images. */
    public void check(Target target, Map<EntityId, String> copy) {
        checkForward(target);
        Map<EntityId, LogRecord> latest = new HashMap<>();
        for (LogRecord record : log.records()) latest.put(record.id(), record);
        for (LogRecord last : latest.values()) {
            boolean shown = target.filter().isEmpty()
                    || target.filter().contains(last.id().entity());
            if (!shown || last.seq().isAfter(target.unified().seq())) continue;
            Violation.unless(
                    Objects.equals(copy.get(last.id()), last.image()),
                    Invariant.L4_CURSOR,
                    () -> target.name() + " lacks " + last.id() + " of seq "
                            + last.seq().value() + ", U is "
                            + target.unified().seq().value());
        }
    }

    private void checkForward(Target target) {
        Cursor now = target.unified();
        Generation generation = new Generation(target.name(), target.incarnation(), target.generation(), now.epoch());
        CloudSeq last = before.put(generation, now.seq());
        Violation.unless(
                last == null || !last.isAfter(now.seq()),
                Invariant.L4_CURSOR,
                () -> "U of " + generation + " went back from " + last + " to " + now.seq());
    }
}
