package dev.tidemark.cli.it;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.jspecify.annotations.Nullable;

/** A producer that knows nothing of Tidemark but the names of its topics. */
final class RawProducer implements AutoCloseable {
    private static final int SENT_WITHIN_SECONDS = 20;

    private final KafkaProducer<byte[], byte[]> producer;

    RawProducer(String bootstrap) {
        this.producer = new KafkaProducer<>(
                Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrap, ProducerConfig.ACKS_CONFIG, "all"),
                new ByteArraySerializer(),
                new ByteArraySerializer());
    }

    int partitionsOf(String topic) {
        return producer.partitionsFor(topic).size();
    }

    /** To the partition that the client picks for the key. */
    RecordMetadata send(String topic, String key, byte @Nullable [] value) {
        return send(new ProducerRecord<>(topic, utf8(key), value));
    }

    RecordMetadata send(String topic, int partition, String key, byte[] value, String... headers) {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(topic, partition, utf8(key), value);
        for (String header : List.of(headers)) record.headers().add(new RecordHeader(header, utf8("1")));
        return send(record);
    }

    /** @param timestampMs of a clock that may be wrong */
    RecordMetadata sendAt(long timestampMs, String topic, String key, byte[] value) {
        return send(new ProducerRecord<>(topic, null, timestampMs, utf8(key), value));
    }

    private RecordMetadata send(ProducerRecord<byte[], byte[]> record) {
        try {
            return producer.send(record).get(SENT_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("cannot produce to " + record.topic(), e);
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        producer.close();
    }
}
