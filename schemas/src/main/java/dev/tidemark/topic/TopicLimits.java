package dev.tidemark.topic;

import java.time.Duration;

/**
 * The named bounds of the topics.
 *
 * @param horizon how long a tombstone is there for readers: who was away longer reads everything again
 * @param compactionLag how long every record of the log stays, superseded or not, so that readers that keep up see each one
 * @param retention of mutations, outcomes, acks, commands and events: how long whoever processes them may stand still
 * @param recordRetention of jobs and dead letters, which people look at
 * @param size bounds of one record and of one batch
 * @param layout partitions and copies
 */
public record TopicLimits(
        Duration horizon,
        Duration compactionLag,
        Duration retention,
        Duration recordRetention,
        Size size,
        Layout layout) {
    /** What a tombstone stays in Kafka beyond the horizon, so that Tidemark's own purge always comes first. */
    public static final Duration TOMBSTONE_MARGIN = Duration.ofHours(24);

    public static final TopicLimits DEFAULTS = new TopicLimits(
            Duration.ofDays(30),
            Duration.ofDays(7),
            Duration.ofDays(7),
            Duration.ofDays(30),
            new Size(1 << 20, 2 << 20),
            new Layout(6, (short) 1));

    /**
     * @param maxRecordBytes of one record of the log as written: key, value, headers and all origins, uncompressed
     * @param maxMessageBytes Kafka's {@code max.message.bytes}: a batch of records, its framing included
     */
    public record Size(int maxRecordBytes, int maxMessageBytes) {
        /**
         * What Kafka counts beyond a record: the header of its batch (61 bytes), the lengths and deltas of the record, trace
         * headers, and what compression may add to bytes that it cannot compress. Generous, because a record that its topic
         * refuses stops Admit for good.
         */
        public static final int FRAMING_MARGIN_BYTES = 64 << 10;

        public Size {
            if (maxRecordBytes <= 0 || maxMessageBytes - FRAMING_MARGIN_BYTES < maxRecordBytes)
                throw new IllegalArgumentException("max.message.bytes must leave " + FRAMING_MARGIN_BYTES
                        + " bytes beyond one record: " + maxMessageBytes + " and " + maxRecordBytes);
        }
    }

    /**
     * @param partitions of every topic: all are co-partitioned by project
     * @param replicationFactor of every topic; 3 in production
     */
    public record Layout(int partitions, short replicationFactor) {
        public Layout {
            if (partitions <= 0) throw new IllegalArgumentException("no partitions: " + partitions);
            if (replicationFactor <= 0) throw new IllegalArgumentException("no replicas: " + replicationFactor);
        }

        /** With three copies one may be down while writing goes on, and two have every acknowledged record. */
        int minInSyncReplicas() {
            return replicationFactor >= 3 ? 2 : 1;
        }
    }

    public TopicLimits {
        checkPositive("horizon", horizon);
        checkPositive("compaction lag", compactionLag);
        checkPositive("retention", retention);
        checkPositive("record retention", recordRetention);
    }

    public TopicLimits withHorizon(Duration horizon) {
        return new TopicLimits(horizon, compactionLag, retention, recordRetention, size, layout);
    }

    public TopicLimits withSize(Size size) {
        return new TopicLimits(horizon, compactionLag, retention, recordRetention, size, layout);
    }

    public TopicLimits withLayout(Layout layout) {
        return new TopicLimits(horizon, compactionLag, retention, recordRetention, size, layout);
    }

    private static void checkPositive(String what, Duration duration) {
        if (duration.isNegative() || duration.isZero())
            throw new IllegalArgumentException("the " + what + " must be positive: " + duration);
    }
}
