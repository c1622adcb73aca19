package dev.tidemark.topology.fence;

import dev.tidemark.model.Digest;
import dev.tidemark.model.Ordinal;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;

/** What a fence asks of the cluster. Every call is bounded in time and throws {@link ClusterUnreachable} past the bound. */
public interface Cluster extends AutoCloseable {
    /** Topic ids by name; names that are not there are left out. */
    Map<String, String> topicIds(Collection<String> topics);

    int partitionsOf(String topic);

    /** Whether the application has never committed work on that partition of any of the topics, only its first offsets. */
    boolean isUntouched(String applicationId, Collection<String> topics, int partition);

    /** The last committed record of a partition of the log; empty: it has none. */
    Optional<LastRecord> lastRecord(int partition);

    /** First offset that a committed reader has not reached yet, of a partition of the log. */
    long committedEnd(int partition);

    /**
     * What an application has left to read of a partition: for each topic the offset of the last committed record, where that
     * is not behind the application's committed position. Topics of which nothing is left are not in it.
     */
    default Map<String, Long> unread(String applicationId, Collection<String> topics, int partition) {
        return Map.of();
    }

    @Override
    void close();

    /** Enough of a record of the log to tell whether it is the one that was written last. */
    record LastRecord(String project, Ordinal ordinal, Digest digest) {}

    /** The cluster did not answer in time. */
    final class ClusterUnreachable extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public ClusterUnreachable(String what, Throwable cause) {
            super(what, cause);
        }
    }
}
