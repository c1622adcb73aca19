package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** The algebra and the reference model, given the same and held against each other at every step. */
final class SideBySide {
    private final ReferenceModel.Settings settings = ReferenceModel.Settings.of(Histories.PROJECT);
    private final ReferenceModel reference = new ReferenceModel(settings, new Random(1));
    private final AlgebraModel algebra = new AlgebraModel(settings.epoch(), settings.policy(), AdmitLimits.DEFAULT);

    void push(MutationBatch batch) {
        int before = reference.log().size();
        BatchOutcome expected = reference.push(batch);
        AlgebraModel.Pushed pushed = algebra.push(batch);
        assertThat(pushed.changes()).isEqualTo(changesFrom(before));
        assertSameAnswer(pushed.outcome(), expected);
    }

    /** Both forget every deleted entity that they still know. */
    void prune() {
        for (EntityId id :
                Set.copyOf(reference.log().stream().map(LogRecord::id).toList())) {
            ReferenceEntity entity = reference.entity(id);
            if (entity == null || entity.fields() != null) continue;
            reference.prune(id);
            algebra.prune(EntityPath.of(id));
        }
    }

    List<LogRecord> log() {
        return reference.log();
    }

    private List<EntityChange> changesFrom(int first) {
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

    /** The reference model forgets no outcome; at or below the floor Admit may. */
    private static boolean isForgotten(Outcome outcome, BatchOutcome expected) {
        return outcome.reason() == Reason.BELOW_WINDOW && outcome.localSeq() <= expected.floor();
    }
}
