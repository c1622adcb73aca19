package dev.tidemark.topology.fence;

import java.util.Map;
import java.util.TreeMap;

/**
 * What a partition's state belongs to.
 *
 * @param changelogIds topic id of every changelog of the topology, by store
 */
public record FenceRow(String logTopicId, int partitions, Map<String, String> changelogIds) {
    public FenceRow {
        changelogIds = new TreeMap<>(changelogIds);
    }
}
