package dev.tidemark.bench.drive;

import dev.tidemark.bench.measure.Progress;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The least that reading all changes can cost: a Kafka consumer reads the committed records of the project's log, undecoded. */
public final class LogRead {
    private static final Duration POLL = Duration.ofMillis(200);

    private LogRead() {}

    /** @return changes by when they were here */
    public static Progress all(String bootstrap, String project) {
        try (KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                        5_000),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            int partitions = consumer.partitionsFor(TopicCatalogue.LOG).size();
            TopicPartition log = new TopicPartition(TopicCatalogue.LOG, Partitions.of(project, partitions));
            consumer.assign(List.of(log));
            consumer.seekToEnd(List.of(log));
            long end = consumer.position(log);
            consumer.seekToBeginning(List.of(log));
            Progress progress = new Progress();
            long changes = 0;
            progress.at(System.nanoTime(), changes);
            while (consumer.position(log) < end) {
                changes += consumer.poll(POLL).count();
                progress.at(System.nanoTime(), changes);
            }
            return progress;
        }
    }
}
