package dev.tidemark.bench.pipeline;

import dev.tidemark.bench.place.FreePorts;
import dev.tidemark.cli.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The broker of {@code up}, in this process, and clients of it. */
public final class Broker implements AutoCloseable {
    private static final int WAIT_SECONDS = 30;

    private final EmbeddedBroker embedded;
    private final Admin admin;

    private Broker(EmbeddedBroker embedded) {
        this.embedded = embedded;
        this.admin = Admin.create(Map.of("bootstrap.servers", embedded.bootstrapServers()));
    }

    public static Broker start(Path directory) {
        return start(directory, FreePorts.neighbours(2));
    }

    public static Broker start(Path directory, int port) {
        return new Broker(EmbeddedBroker.start(directory, port));
    }

    public String bootstrap() {
        return embedded.bootstrapServers();
    }

    Admin admin() {
        return admin;
    }

    void createTopic(String name, int partitions) {
        try {
            admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1)))
                    .all()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("cannot create topic " + name, e);
        }
    }

    /** With the settings that producers of mutations are advised to use. */
    public static KafkaProducer<byte[], byte[]> producer(String bootstrap) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        admin.close(java.time.Duration.ofSeconds(2));
        embedded.close();
    }
}
