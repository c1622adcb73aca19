package dev.tidemark.topology.repair;

import dev.tidemark.topic.TopicLimits;
import dev.tidemark.topology.StreamsSettings;
import dev.tidemark.wire.WireCodec;
import java.util.Map;

/**
 * What a repair works on.
 *
 * @param instance as the backbone itself would run
 * @param overrides of Admit's settings and of Materialize's, passed through
 */
public record RepairSetup(
        StreamsSettings.Instance instance, WireCodec codec, TopicLimits limits, Overrides overrides, Members members) {
    /** Settings that win over what is only tuning. */
    public record Overrides(Map<String, String> admit, Map<String, String> materialize) {}

    /** What becomes of members that the consumer groups still have. */
    public enum Members {
        /** They may be alive: wait for their session to end, and refuse if it does not. */
        AWAIT,
        /** Nothing but the repair can reach this Kafka. */
        REMOVE
    }
}
