package dev.tidemark.topology;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;

/** Producers without transactions. */
public final class ProducerSettings {
    private static final int BATCH_BYTES = 128 << 10;

    private ProducerSettings() {}

    /**
     * What is sent in order arrives in order, once. One request in flight, because a broker takes any sequence from a producer it
     * does not know yet (Kafka 4.3.1, {@code ProducerAppendInfo.checkSequence}): where it refuses the first request because it does not
     * lead the partition yet, and takes the second, it refuses the first for ever.
     *
     * @param clients how to reach the cluster
     * @return a map that the caller may add to
     */
    public static Map<String, Object> inOrder(Map<String, Object> clients) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        config.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1);
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, BATCH_BYTES);
        return config;
    }
}
