package dev.tidemark.algebra;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a batch does: the records to write, the outcome to answer, and the state after it. Whoever carries it out writes all
 * of it, and the parts that came before it, in one transaction or nothing.
 *
 * @param replica null: as before
 * @param runs dedup rows to write
 * @param runsDropped first local seqs of dedup rows to delete
 */
public record AdmitDecision(
        ProjectWrites writes,
        BatchOutcome outcome,
        ReplicaId replicaId,
        @Nullable ReplicaState replica,
        List<OriginRun<DecidedOrigin>> runs,
        List<Long> runsDropped) {}
