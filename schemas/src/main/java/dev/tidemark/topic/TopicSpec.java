package dev.tidemark.topic;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What one topic must be like.
 *
 * @param config every setting that is not left to the broker, {@code cleanup.policy} included; by Kafka's names
 */
public record TopicSpec(
        String name, CleanupPolicy cleanup, int partitions, short replicationFactor, SortedMap<String, String> config) {
    public TopicSpec {
        config = Collections.unmodifiableSortedMap(new TreeMap<>(config));
    }

    /** One line per setting, as people compare them. */
    public String describe() {
        StringBuilder out = new StringBuilder(name).append('\n');
        out.append("  partitions=").append(partitions).append('\n');
        out.append("  replication.factor=").append(replicationFactor).append('\n');
        for (Map.Entry<String, String> setting : config.entrySet())
            out.append("  ")
                    .append(setting.getKey())
                    .append('=')
                    .append(setting.getValue())
                    .append('\n');
        return out.toString();
    }
}
