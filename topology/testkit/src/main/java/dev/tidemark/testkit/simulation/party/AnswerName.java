package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.client.AnswerStep;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;

/** What an answer did, in words. None may fail to match the request that it is taken for. */
final class AnswerName implements AnswerStep.Cases<String> {
    @Override
    public String ignored(AnswerStep.Ignored step) {
        Violation.unless(
                step.why() == AnswerStep.Why.LATE,
                Invariant.PROGRESS,
                () -> "an answer does not match the request under way");
        return "late answer";
    }

    @Override
    public String taken(AnswerStep.Taken step) {
        return "advance " + step.advance();
    }

    @Override
    public String cloneFound(AnswerStep.CloneFound step) {
        return "clone found";
    }
}
