package dev.tidemark.topology.fence;

import dev.tidemark.algebra.Hashes;
import dev.tidemark.model.Epoch;

/**
 * Which cluster and which log this is, read once at start; part of every epoch.
 *
 * @param logTopicId topic id of {@code tidemark.log}
 * @param partitions the recorded partition count of all topics of the catalogue
 */
public record ClusterIdentity(String clusterId, String logTopicId, int partitions) {
    /** @param generation of the project */
    public Epoch epoch(long generation) {
        return Hashes.epoch(clusterId, logTopicId, generation);
    }
}
