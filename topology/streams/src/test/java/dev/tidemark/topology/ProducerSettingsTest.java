package dev.tidemark.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.junit.jupiter.api.Test;

class ProducerSettingsTest {
    /** With five in flight, a partition that was just added took the second batch first and the first never (120 s, then refused). */
    @Test
    void whatIsSentInOrderToANewPartitionArrivesInOrderBecauseOneRequestIsInFlight() {
        assertThat(ProducerSettings.inOrder(Map.of("bootstrap.servers", "127.0.0.1:1")))
                .containsEntry("bootstrap.servers", "127.0.0.1:1")
                .containsEntry(ProducerConfig.ACKS_CONFIG, "all")
                .containsEntry(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true)
                .containsEntry(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 1)
                .doesNotContainKey(ProducerConfig.TRANSACTIONAL_ID_CONFIG);
    }
}
