package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.testkit.LogRecord;
import java.util.List;

/** One thing that Admit has done and committed. */
public sealed interface Written {
    /** What it added to the log, in order. */
    default List<LogRecord> records() {
        return List.of();
    }

    /** A batch was decided. */
    record Admitted(MutationBatch batch, List<LogRecord> records, BatchOutcome outcome) implements Written {}

    /** A step of an apply_where that is not carried out as one: a simplification. */
    record Chunk(List<LogRecord> records) implements Written {}

    /** A deleted entity was forgotten. */
    record Pruned(EntityId id) implements Written {}

    /** From here on batches are refused. */
    record DeletionBegun() implements Written {}

    /** Some entities of a deleted project went. */
    record Deleted(List<LogRecord> records) implements Written {}

    /** From here on it is another generation. */
    record DeletionEnded(Epoch next) implements Written {}
}
