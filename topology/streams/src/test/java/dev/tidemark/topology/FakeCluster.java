package dev.tidemark.topology;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.ClusterIdentity;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** A cluster in which every topic asked for is there, until a test says otherwise. */
public final class FakeCluster implements Cluster {
    public static final String CLUSTER_ID = "cluster-1";
    public static final String LOG_ID = "id of tidemark.log";

    private final Map<String, String> ids = new TreeMap<>();
    private int partitions;
    private boolean touched;
    private boolean unreachable;
    private long committedEnd;
    private @Nullable LastRecord last;

    public FakeCluster(int partitions) {
        this.partitions = partitions;
    }

    public ClusterIdentity identity() {
        return new ClusterIdentity(CLUSTER_ID, LOG_ID, partitions);
    }

    public FakeCluster recreate(String topic) {
        ids.put(topic, "another id of " + topic);
        return this;
    }

    public FakeCluster delete(String topic) {
        ids.put(topic, "");
        return this;
    }

    public FakeCluster setPartitions(int partitions) {
        this.partitions = partitions;
        return this;
    }

    /** The application has committed work. */
    public FakeCluster touch() {
        touched = true;
        return this;
    }

    public FakeCluster setUnreachable(boolean unreachable) {
        this.unreachable = unreachable;
        return this;
    }

    public FakeCluster setCommittedEnd(long committedEnd) {
        this.committedEnd = committedEnd;
        return this;
    }

    public FakeCluster setLastRecord(@Nullable LastRecord last) {
        this.last = last;
        return this;
    }

    @Override
    public Map<String, String> topicIds(Collection<String> topics) {
        answer();
        Map<String, String> found = new TreeMap<>();
        for (String topic : topics) {
            String id = ids.getOrDefault(topic, topic.equals(TopicCatalogue.LOG) ? LOG_ID : "id of " + topic);
            if (!id.isEmpty()) found.put(topic, id);
        }
        return found;
    }

    @Override
    public int partitionsOf(String topic) {
        answer();
        return partitions;
    }

    @Override
    public boolean isUntouched(String applicationId, Collection<String> topics, int partition) {
        answer();
        return !touched;
    }

    @Override
    public Optional<LastRecord> lastRecord(int partition) {
        answer();
        return Optional.ofNullable(last);
    }

    @Override
    public long committedEnd(int partition) {
        answer();
        return committedEnd;
    }

    @Override
    public void close() {}

    private void answer() {
        if (unreachable) throw new ClusterUnreachable("the cluster did not answer in time", new TimeoutException());
    }
}
