package dev.tidemark.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Policy;
import dev.tidemark.testkit.AlgebraModel;
import dev.tidemark.testkit.AlgebraModel.Pushed;
import java.util.List;
import java.util.Optional;

/** What Admit owes to any batch that can be decoded: an exception there would stop its task, and every restart of it. */
public final class AdmittedTwice {
    private AdmittedTwice() {}

    /** Each mutation has one outcome, images are canonical, and the same batch again changes nothing (L2). */
    public static void check(MutationBatch batch) {
        AlgebraModel admit = new AlgebraModel(new Epoch(1), Policy.DEFAULT, AdmitLimits.DEFAULT);
        Pushed first = admit.push(batch);
        BatchOutcome outcome = first.outcome();
        if (outcome.refusal() != null) {
            assertThat(first.changes()).isEmpty();
            return;
        }
        List<Long> asked = batch.mutations().stream().map(Mutation::localSeq).toList();
        assertThat(outcome.outcomes()).extracting(Outcome::localSeq).isEqualTo(asked);
        for (EntityChange change : first.changes())
            if (change.image() != null)
                assertThat(ReferenceJson.canonical(change.image())).isEqualTo(Optional.of(change.image()));
        Pushed second = admit.push(batch);
        assertThat(second.changes()).isEmpty();
        if (second.outcome().refusal() == null)
            assertThat(second.outcome().outcomes()).extracting(Outcome::kind).isEqualTo(kinds(outcome));
    }

    private static List<Outcome.Kind> kinds(BatchOutcome outcome) {
        return outcome.outcomes().stream().map(Outcome::kind).toList();
    }
}
