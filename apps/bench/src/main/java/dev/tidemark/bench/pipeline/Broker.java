package dev.tidemark.bench.pipeline;

import dev.tidemark.bench.place.FreePorts;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.embedded.EmbeddedBroker;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.errors.TopicExistsException;
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

    /** Those that it reads and writes, unless they are there. */
    public void createTopics(Bare bare, int partitions) {
        List<NewTopic> topics = Stream.of(bare.input(), bare.output())
                .map(name -> new NewTopic(name, partitions, (short) 1))
                .toList();
        try {
            admin.createTopics(topics).all().get(WAIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) throw refused(e);
        } catch (InterruptedException | TimeoutException e) {
            throw refused(e);
        }
    }

    private static CommandFailure refused(Exception e) {
        return new CommandFailure("the broker does not make topics: " + e.getMessage(), e);
    }

    /**
     * As a producer of mutations is set up.
     *
     * @param lingerMs 0: each record goes at once
     */
    public static KafkaProducer<byte[], byte[]> producer(String bootstrap, int lingerMs) {
        Map<String, Object> config = new HashMap<>();
        config.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap);
        config.put(ProducerConfig.ACKS_CONFIG, "all");
        config.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        config.put(ProducerConfig.LINGER_MS_CONFIG, lingerMs);
        config.put(ProducerConfig.BATCH_SIZE_CONFIG, 128 << 10);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 << 20);
        return new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
        embedded.close();
    }
}
