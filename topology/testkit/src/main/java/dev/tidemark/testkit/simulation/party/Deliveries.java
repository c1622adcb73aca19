package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.client.Pending;
import dev.tidemark.algebra.client.ReplicaCopy;
import dev.tidemark.model.Origin;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.simulation.watch.CommittedLog;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.List;

/** The outbox of a copy before something happened to it: what is not decided must still be there afterwards. */
final class Deliveries {
    private final CommittedLog log;
    private final ReplicaId id;
    private final List<Origin> undecided;

    Deliveries(CommittedLog log, ReplicaCopy before) {
        this.log = log;
        this.id = before.id();
        this.undecided = before.outbox().stream()
                .filter(pending -> pending.stage().isUndecided())
                .map(pending -> id.origin(pending.localSeq()))
                .filter(origin -> log.outcome(origin).isEmpty())
                .toList();
    }

    void check(ReplicaCopy after) {
        List<Pending> outbox = after.outbox();
        if (after.id().equals(id)) undecided.forEach(origin -> check(origin, outbox));
        else
            Violation.unless(
                    outbox.stream().filter(each -> each.stage().isUndecided()).count() >= undecided.size(),
                    Invariant.DELIVERY,
                    () -> after.id() + " lost a mutation when it was renumbered");
    }

    private void check(Origin origin, List<Pending> outbox) {
        boolean isThere = outbox.stream()
                .anyMatch(each ->
                        each.localSeq() == origin.localSeq() && each.stage().isUndecided());
        Violation.unless(
                isThere || log.outcome(origin).isPresent(),
                Invariant.DELIVERY,
                () -> origin + " has left the outbox undecided");
    }
}
