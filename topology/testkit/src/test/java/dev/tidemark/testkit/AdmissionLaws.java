package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.AdmitDecision;
import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Admission decides exactly what the reference model does: every outcome, every record, every byte of its meta. */
class AdmissionLaws {
    @Property(tries = 1000)
    void decidesWhatTheReferenceModelDecides(@ForAll("anyBatches") List<MutationBatch> batches) {
        ReferenceModel.Settings settings = ReferenceModel.Settings.of(Histories.PROJECT);
        ReferenceModel reference = new ReferenceModel(settings, new Random(1));
        AlgebraModel algebra = new AlgebraModel(settings.epoch(), settings.policy(), AdmitLimits.DEFAULT);
        for (MutationBatch batch : batches) {
            int before = reference.log().size();
            BatchOutcome expected = reference.push(batch);
            AdmitDecision decision = algebra.push(batch);
            assertThat(decision.changes()).isEqualTo(changesFrom(reference, before));
            assertSameAnswer(decision.outcome(), expected);
        }
    }

    @Provide
    Arbitrary<List<MutationBatch>> anyBatches() {
        return Histories.batches(RandomMutations.Mix.EVERYTHING);
    }

    private static List<EntityChange> changesFrom(ReferenceModel reference, int first) {
        return reference.log().subList(first, reference.log().size()).stream()
                .map(LogRecord::change)
                .toList();
    }

    private static void assertSameAnswer(BatchOutcome actual, BatchOutcome expected) {
        assertThat(actual.refusal()).isEqualTo(expected.refusal());
        assertThat(actual.floor()).isEqualTo(expected.floor());
        assertThat(actual.headOrdinal()).isEqualTo(expected.headOrdinal());
        assertThat(actual.outcomes()).hasSameSizeAs(expected.outcomes());
        for (int i = 0; i < actual.outcomes().size(); i++) {
            Outcome outcome = actual.outcomes().get(i);
            if (!isForgotten(outcome, expected))
                assertThat(outcome).isEqualTo(expected.outcomes().get(i));
        }
    }

    /** The reference model forgets nothing; at or below the floor Admit may. */
    private static boolean isForgotten(Outcome outcome, BatchOutcome expected) {
        return outcome.reason() == Reason.BELOW_WINDOW && outcome.localSeq() <= expected.floor();
    }
}
