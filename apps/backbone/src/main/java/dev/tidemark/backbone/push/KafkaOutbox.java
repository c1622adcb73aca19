package dev.tidemark.backbone.push;

import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.ProducerSettings;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/**
 * The gateway's one producer: what is sent in order arrives in order; without transactions, so that a
 * dead gateway never holds back committed readers. Thread-safe.
 */
public final class KafkaOutbox implements Outbox, AutoCloseable {
    /** How long a request may wait for room in the producer before it is refused. */
    private static final int BLOCK_MS = 10_000;

    private static final int DELIVERY_MS = 30_000;
    private static final int REQUEST_MS = 10_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final WireCodec codec;
    private final int partitions;

    public KafkaOutbox(Map<String, Object> clients, WireCodec codec, int recordedPartitions, int messageBytesMax) {
        Map<String, Object> config = ProducerSettings.inOrder(clients);
        config.put(ProducerConfig.LINGER_MS_CONFIG, 0);
        config.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MS);
        config.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MS);
        config.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MS);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, messageBytesMax);
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
        this.codec = codec;
        this.partitions = recordedPartitions;
    }

    @Override
    public CompletableFuture<Void> send(MutationBatch batch, String requestId, @Nullable String traceparent) {
        List<Header> headers = new ArrayList<>();
        headers.add(header(Headers.REQUEST, requestId));
        if (traceparent != null) headers.add(header(Headers.TRACEPARENT, traceparent));
        return send(TopicCatalogue.MUTATIONS, batch.replica().project(), () -> codec.encodeBatch(batch), headers);
    }

    @Override
    public CompletableFuture<Void> send(TargetEvent event) {
        return send(TopicCatalogue.ACKS, event.project(), () -> codec.encodeTargetEvent(event), List.of());
    }

    @Override
    public CompletableFuture<Void> send(ControlCommand command) {
        return send(TopicCatalogue.COMMANDS, command.project(), () -> codec.encodeCommand(command), List.of());
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }

    /** Encodes here, so that a schema registry that is away fails the request like a broker that is. */
    private CompletableFuture<Void> send(String topic, String project, Supplier<byte[]> value, List<Header> headers) {
        CompletableFuture<Void> sent = new CompletableFuture<>();
        byte[] key = project.getBytes(StandardCharsets.UTF_8);
        try {
            ProducerRecord<byte[], byte[]> record =
                    new ProducerRecord<>(topic, Partitions.of(project, partitions), key, value.get(), headers);
            producer.send(record, (at, error) -> {
                if (error == null) sent.complete(null);
                else sent.completeExceptionally(error);
            });
        } catch (RuntimeException e) {
            sent.completeExceptionally(e);
        }
        return sent;
    }

    private static Header header(String name, String value) {
        return new RecordHeader(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
