package dev.tidemark.cli.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final TopicPartition PARTITION = new TopicPartition("kept", 0);

    @TempDir
    Path directory;

    private final int port = FreePort.pair();

    @Test
    void keepsRecordsPositionsAndItsIdentityAcrossRestarts() throws Exception {
        String clusterId;
        try (EmbeddedBroker broker = start()) {
            clusterId = clusterId(broker);
            createTopic(broker);
            produceInTransaction(broker, "a", "b", "c");
            commitPosition(broker, 2);
        }
        try (EmbeddedBroker broker = start()) {
            assertThat(clusterId(broker)).isEqualTo(clusterId);
            assertThat(committedValues(broker)).containsExactly("a", "b", "c");
            assertThat(committedPosition(broker)).isEqualTo(2);
            produceInTransaction(broker, "d");
            assertThat(committedValues(broker)).containsExactly("a", "b", "c", "d");
        }
    }

    @Test
    void givesTopicsItsOwnClock() throws Exception {
        try (EmbeddedBroker broker = start()) {
            createTopic(broker);
            produceInTransaction(broker, "a");
            assertThat(committed(broker)).allSatisfy(record -> {
                assertThat(record.timestampType()).isEqualTo(TimestampType.LOG_APPEND_TIME);
                assertThat(record.timestamp()).isGreaterThan(1_000_000);
            });
        }
    }

    @Test
    void remembersPositionsForTenYearsAndCreatesNoTopicUnasked() throws Exception {
        try (EmbeddedBroker broker = start();
                Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, "1");
            var config = admin.describeConfigs(List.of(resource)).all().get(20, TimeUnit.SECONDS);
            assertThat(config.get(resource).get("offsets.retention.minutes").value())
                    .isEqualTo("5256000");
            assertThat(config.get(resource).get("auto.create.topics.enable").value())
                    .isEqualTo("false");
        }
    }

    @Test
    void formatsOnlyOnce() throws Exception {
        start().close();
        String first = Files.readString(directory.resolve("meta.properties"));
        start().close();
        assertThat(Files.readString(directory.resolve("meta.properties"))).isEqualTo(first);
    }

    private EmbeddedBroker start() {
        return EmbeddedBroker.start(directory, port);
    }

    private static String clusterId(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            return admin.describeCluster().clusterId().get(20, TimeUnit.SECONDS);
        }
    }

    private static void createTopic(EmbeddedBroker broker) throws Exception {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()))) {
            admin.createTopics(List.of(new NewTopic(PARTITION.topic(), 1, (short) 1)))
                    .all()
                    .get(20, TimeUnit.SECONDS);
        }
    }

    private static void produceInTransaction(EmbeddedBroker broker, String... values) throws Exception {
        Map<String, Object> config = Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ProducerConfig.TRANSACTIONAL_ID_CONFIG,
                "writer",
                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class,
                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG,
                ByteArraySerializer.class);
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(config)) {
            producer.initTransactions();
            producer.beginTransaction();
            for (String value : values)
                // A producer with a wrong clock: 1970.
                producer.send(
                        new ProducerRecord<>(PARTITION.topic(), 0, 1L, null, value.getBytes(StandardCharsets.UTF_8)));
            producer.commitTransaction();
        }
    }

    private static void commitPosition(EmbeddedBroker broker, long offset) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            consumer.assign(List.of(PARTITION));
            consumer.commitSync(Map.of(PARTITION, new OffsetAndMetadata(offset)), PATIENCE);
        }
    }

    private static long committedPosition(EmbeddedBroker broker) {
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            return consumer.committed(Set.of(PARTITION), PATIENCE)
                    .get(PARTITION)
                    .offset();
        }
    }

    private static List<String> committedValues(EmbeddedBroker broker) {
        return committed(broker).stream()
                .map(record -> new String(record.value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static List<ConsumerRecord<byte[], byte[]>> committed(EmbeddedBroker broker) {
        List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(broker)) {
            consumer.assign(List.of(PARTITION));
            consumer.seekToBeginning(List.of(PARTITION));
            long end = consumer.endOffsets(List.of(PARTITION), PATIENCE).get(PARTITION);
            while (consumer.position(PARTITION, PATIENCE) < end)
                consumer.poll(PATIENCE).records(PARTITION).forEach(records::add);
        }
        return records;
    }

    private static KafkaConsumer<byte[], byte[]> consumer(EmbeddedBroker broker) {
        return new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                broker.bootstrapServers(),
                ConsumerConfig.GROUP_ID_CONFIG,
                "reader",
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
    }
}
