package dev.tidemark.examples;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.WireCodec;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.jspecify.annotations.Nullable;

/** What is decided of a project's batches from now on, read from {@code tidemark.outcomes} once it is committed. */
final class OutcomeReader implements AutoCloseable {
    private static final Duration LOOK_MAX = Duration.ofMillis(200);

    private final KafkaConsumer<String, byte[]> consumer;
    private final WireCodec codec;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    OutcomeReader(String bootstrap, WireCodec codec, String project) {
        this.codec = codec;
        this.consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        false),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        int partitions = consumer.partitionsFor(TopicCatalogue.OUTCOMES).size();
        TopicPartition partition = new TopicPartition(TopicCatalogue.OUTCOMES, Partitions.of(project, partitions));
        consumer.assign(List.of(partition));
        consumer.seekToEnd(List.of(partition));
        consumer.position(partition);
    }

    /** From the producer's thread: the batch was not sent, so there is nothing to wait for. */
    void give(Exception notSent) {
        failure.set(notSent);
    }

    /** @param request header {@code tm-request} of the batch */
    BatchOutcome await(String request, Duration patience) {
        long deadlineNs = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadlineNs) {
            Exception notSent = failure.get();
            if (notSent != null) throw new KafkaException("the batch was not sent", notSent);
            for (ConsumerRecord<String, byte[]> record : consumer.poll(LOOK_MAX)) {
                BatchOutcome outcome = codec.decodeOutcome(record.value());
                if (request.equals(outcome.requestId())) return outcome;
            }
        }
        throw new TimeoutException("no outcome within " + patience + "; is the backbone running?");
    }

    @Override
    public void close() {
        consumer.close();
    }
}
