package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.model.MutationBatch;
import org.jspecify.annotations.Nullable;

/** What Admit reads: batches and commands, in the order in which it reads them. */
sealed interface Arrival {
    /** @param requestId of whoever waits for the outcome; null: nobody */
    record Batch(MutationBatch batch, @Nullable String requestId) implements Arrival {}

    /** The project is to be deleted. */
    record Deletion() implements Arrival {}

    /** A deletion goes on: by a command that Admit sends to itself. */
    record DeletionStep() implements Arrival {}
}
