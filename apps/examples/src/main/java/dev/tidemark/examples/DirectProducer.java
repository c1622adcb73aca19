package dev.tidemark.examples;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Typed batches to {@code tidemark.mutations}. Idempotent, acknowledged by all replicas and one request at a time, so that the batches of one
 * replica arrive in order; no transaction, because an open one would hold up every project on the partition, and origins make retries harmless anyway.
 */
public final class DirectProducer implements AutoCloseable {
    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());
    private final String bootstrap;
    private final KafkaProducer<String, byte[]> producer;

    public DirectProducer(String bootstrap) {
        this.bootstrap = bootstrap;
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION,
                        1,
                        ProducerConfig.COMPRESSION_TYPE_CONFIG,
                        "lz4"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    /**
     * Sends one batch and waits until it is decided.
     *
     * @throws KafkaException if it cannot be sent, or is not decided in time; sending the same batch again is always safe
     */
    @SuppressWarnings("FutureReturnValueIgnored") // the callback says the same
    public BatchOutcome push(MutationBatch batch, Duration patience) {
        String project = batch.replica().project();
        String request = UUID.randomUUID().toString();
        ProducerRecord<String, byte[]> record =
                new ProducerRecord<>(TopicCatalogue.MUTATIONS, project, codec.encodeBatch(batch));
        record.headers().add(Headers.REQUEST, request.getBytes(StandardCharsets.UTF_8));
        try (OutcomeReader outcomes = new OutcomeReader(bootstrap, codec, project)) {
            producer.send(record, (metadata, failure) -> {
                if (failure != null) outcomes.give(failure);
            });
            return outcomes.await(request, patience);
        }
    }

    @Override
    public void close() {
        producer.close();
    }
}
