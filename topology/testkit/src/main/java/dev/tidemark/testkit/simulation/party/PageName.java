package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.client.PageStep;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;

/** What a page did, in words; L7: none may differ, and none may break the protocol. */
record PageName(ReplicaId reader) implements PageStep.Cases<String> {
    @Override
    public String dropped(PageStep.Dropped step) {
        return "page dropped";
    }

    @Override
    public String broken(PageStep.Broken step) {
        throw new Violation(Invariant.PROGRESS, reader + " got a page that breaks the protocol: " + step.fault());
    }

    @Override
    public String applied(PageStep.Applied step) {
        return "page with more";
    }

    @Override
    public String caughtUp(PageStep.CaughtUp step) {
        return "caught up";
    }

    @Override
    public String differs(PageStep.Differs step) {
        throw new Violation(Invariant.L7_DIGEST, "the base of " + reader + " is not the project at " + step.cursor());
    }
}
