package dev.tidemark.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.connect.runtime.distributed.DistributedConfig;
import org.junit.jupiter.api.Test;

class ConnectSettingsTest {
    private final DistributedConfig config =
            new DistributedConfig(ConnectSettings.of(Path.of("plugins"), "127.0.0.1:19092", 18_083));

    @Test
    void theWorkerIsReachedFromThisMachineAlone() {
        assertThat(config.getList("listeners")).containsExactly("http://127.0.0.1:18083");
        assertThat(config.getString("rest.advertised.host.name")).isEqualTo("127.0.0.1");
    }

    @Test
    void itsTopicsAreNamedAndOnTheOneBroker() {
        for (String kept : new String[] {"config", "offset", "status"})
            assertThat(config.getShort(kept + ".storage.replication.factor")).isEqualTo((short) 1);
        assertThat(config.getString("config.storage.topic")).isEqualTo("tidemark.connect-configs");
        assertThat(config.getString("offset.storage.topic")).isEqualTo("tidemark.connect-offsets");
        assertThat(config.getString("status.storage.topic")).isEqualTo("tidemark.connect-status");
    }

    @Test
    void producersNeitherReorderNorRepeatAndHoldNoTransactionOpen() {
        Map<String, Object> given = config.originalsWithPrefix("producer.");
        given.put("bootstrap.servers", "127.0.0.1:19092");
        given.put("key.serializer", ByteArraySerializer.class);
        given.put("value.serializer", ByteArraySerializer.class);
        ProducerConfig producer = new ProducerConfig(given);
        assertThat(producer.getInt("max.in.flight.requests.per.connection")).isEqualTo(1);
        assertThat(producer.getString("acks")).isEqualTo("-1");
        assertThat(producer.getBoolean("enable.idempotence")).isTrue();
        assertThat(config.exactlyOnceSourceEnabled()).isFalse();
    }
}
