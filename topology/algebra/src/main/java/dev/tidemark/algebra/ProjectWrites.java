package dev.tidemark.algebra;

import dev.tidemark.model.EntityChange;
import java.util.List;
import java.util.Map;

/**
 * Records of one project to write, and its state after them. Whoever carries them out writes all in one transaction or nothing.
 *
 * @param changes records for the log, in order
 * @param entities by path, only those that changed
 * @param buckets by number, only those that changed
 * @param typeCounts live entities by type, only those that changed
 */
public record ProjectWrites(
        List<EntityChange> changes,
        ProjectHead head,
        Map<String, EntityState> entities,
        Map<Integer, BucketState> buckets,
        Map<String, Long> typeCounts,
        Index index) {

    /** Rows of the index by field that come and go. */
    public record Index(List<IndexEntry> added, List<IndexEntry> removed) {}
}
