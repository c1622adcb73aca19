package dev.tidemark.topology.fence;

import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** A cluster of which a test overrides one answer. */
class DelegatingCluster implements Cluster {
    private final Cluster other;

    DelegatingCluster(Cluster other) {
        this.other = other;
    }

    @Override
    public Map<String, String> topicIds(Collection<String> topics) {
        return other.topicIds(topics);
    }

    @Override
    public int partitionsOf(String topic) {
        return other.partitionsOf(topic);
    }

    @Override
    public boolean isUntouched(String applicationId, Collection<String> topics, int partition) {
        return other.isUntouched(applicationId, topics, partition);
    }

    @Override
    public Optional<LastRecord> lastRecord(int partition) {
        return other.lastRecord(partition);
    }

    @Override
    public long committedEnd(int partition) {
        return other.committedEnd(partition);
    }

    @Override
    public void close() {
        other.close();
    }
}
