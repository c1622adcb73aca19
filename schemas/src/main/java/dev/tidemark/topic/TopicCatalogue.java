package dev.tidemark.topic;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The topics, once. Whoever creates, compares or documents topics takes them from here. Invariants: every topic has the same
 * partition count and {@code message.timestamp.type=LogAppendTime}; nothing that could delete records is left to the
 * broker's defaults.
 */
public final class TopicCatalogue {
    /** Mutation batches; key = project; written by any producer, read by Admit. */
    public static final String MUTATIONS = "tidemark.mutations";
    /** One record per changed entity; key = entity path; written by Admit only; its offsets are the cloud seqs. */
    public static final String LOG = "tidemark.log";
    /** What Admit decided of each batch; key = project. */
    public static final String OUTCOMES = "tidemark.outcomes";
    /** Everything that changes a target; key = project. */
    public static final String ACKS = "tidemark.acks";
    /** Wishes about projects; key = project; decided by Admit. */
    public static final String COMMANDS = "tidemark.commands";
    /** Decided state; key = project/kind/name. */
    public static final String CONTROL = "tidemark.control";
    /** Runs of work; key = project. */
    public static final String JOBS = "tidemark.jobs";
    /** What happened, for people and webhooks; key = project. */
    public static final String EVENTS = "tidemark.events";
    /** Records that could not be read, as received, with the reason in headers. */
    public static final String DEAD_LETTERS = "tidemark.dead-letters";

    private TopicCatalogue() {}

    /** Every topic, in the order of the main path. */
    public static List<TopicSpec> all(TopicLimits limits) {
        return List.of(
                deleted(MUTATIONS, limits.retention(), limits),
                log(limits),
                deleted(OUTCOMES, limits.retention(), limits),
                deleted(ACKS, limits.retention(), limits),
                deleted(COMMANDS, limits.retention(), limits),
                compacted(CONTROL, Map.of(), limits),
                deleted(JOBS, limits.recordRetention(), limits),
                deleted(EVENTS, limits.retention(), limits),
                deleted(DEAD_LETTERS, limits.recordRetention(), limits));
    }

    private static TopicSpec log(TopicLimits limits) {
        Duration tombstones = limits.horizon().plus(TopicLimits.TOMBSTONE_MARGIN);
        return compacted(
                LOG,
                Map.of(
                        "min.compaction.lag.ms", millis(limits.compactionLag()),
                        "delete.retention.ms", millis(tombstones)),
                limits);
    }

    private static TopicSpec compacted(String name, Map<String, String> config, TopicLimits limits) {
        return spec(name, CleanupPolicy.COMPACT, config, limits);
    }

    private static TopicSpec deleted(String name, Duration retention, TopicLimits limits) {
        Map<String, String> config = Map.of("retention.ms", millis(retention), "retention.bytes", "-1");
        return spec(name, CleanupPolicy.DELETE, config, limits);
    }

    private static TopicSpec spec(String name, CleanupPolicy cleanup, Map<String, String> own, TopicLimits limits) {
        TopicLimits.Layout layout = limits.layout();
        TreeMap<String, String> config = new TreeMap<>(own);
        config.put("cleanup.policy", cleanup.configValue());
        config.put("compression.type", "producer");
        config.put("max.message.bytes", Integer.toString(limits.size().maxMessageBytes()));
        config.put("message.timestamp.type", "LogAppendTime");
        config.put("min.insync.replicas", Integer.toString(layout.minInSyncReplicas()));
        config.put("unclean.leader.election.enable", "false");
        return new TopicSpec(name, cleanup, layout.partitions(), layout.replicationFactor(), config);
    }

    private static String millis(Duration duration) {
        return Long.toString(duration.toMillis());
    }
}
