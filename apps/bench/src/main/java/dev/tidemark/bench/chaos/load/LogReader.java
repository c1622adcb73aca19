package dev.tidemark.bench.chaos.load;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.bench.chaos.evidence.LogRead.Logged;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.EmbeddedSchemas;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** A plain {@code read_committed} consumer of the whole log from its beginning; a position that is lost is an error, not reset. */
public final class LogReader implements AutoCloseable {
    private static final Duration KAFKA_MAX = Duration.ofSeconds(60);
    private static final int REQUEST_MS = 3_000;
    private static final Duration POLL_MAX = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> consumer;
    private final List<TopicPartition> partitions = new ArrayList<>();
    private final WireCodec codec = new WireCodec(new EmbeddedSchemas());

    /** @param bootstrap of brokers that have the log */
    public LogReader(String bootstrap) {
        consumer = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrap,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed",
                // It measures servers that are well: one that stands still must not hold it up for longer than them.
                ConsumerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                REQUEST_MS,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "none",
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
        consumer.partitionsFor(TopicCatalogue.LOG, KAFKA_MAX)
                .forEach(each -> partitions.add(new TopicPartition(each.topic(), each.partition())));
        consumer.assign(partitions);
        for (TopicPartition each : partitions) consumer.seek(each, 0);
    }

    /** What is new, perhaps nothing. */
    public List<Logged> poll() {
        List<Logged> records = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(POLL_MAX)) records.add(decoded(each));
        return records;
    }

    /** Whether all that is committed now has been polled. */
    public boolean isAtEnd() {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions, KAFKA_MAX);
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), KAFKA_MAX) >= end.getValue());
    }

    private Logged decoded(ConsumerRecord<byte[], byte[]> record) {
        RecordMeta meta =
                codec.decodeMeta(record.headers().lastHeader(Headers.META).value());
        String path = new String(record.key(), StandardCharsets.UTF_8);
        return new Logged(record.offset(), codec.decodeChange(EntityPath.parse(path), meta, record.value()));
    }

    @Override
    public void close() {
        consumer.close();
    }
}
