package dev.tidemark.algebra;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a batch does: the records to write, the outcome to answer, and the state after it. Whoever carries it out writes all
 * of it in one transaction or nothing.
 *
 * @param changes records for the log, in order
 * @param entities by path, only those that changed
 * @param buckets by number, only those that changed
 * @param typeCounts live entities by type, only those that changed
 * @param replica null: as before
 * @param runs dedup rows to write
 * @param runsDropped first local seqs of dedup rows to delete
 */
public record AdmitDecision(
        List<EntityChange> changes,
        BatchOutcome outcome,
        ProjectHead head,
        Map<String, EntityState> entities,
        Map<Integer, BucketState> buckets,
        Map<String, Long> typeCounts,
        ReplicaId replicaId,
        @Nullable ReplicaState replica,
        List<OriginRun<DecidedOrigin>> runs,
        List<Long> runsDropped,
        List<IndexEntry> indexAdded,
        List<IndexEntry> indexRemoved) {}
