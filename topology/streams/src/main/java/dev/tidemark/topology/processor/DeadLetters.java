package dev.tidemark.topology.processor;

import dev.tidemark.topic.Headers;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Records that cannot be read go, as they were received, to the dead letters with reason and coordinates; the stream goes on.
 * Invariant: a dead letter is never larger than its topic takes. What was compressed may be many times larger than it was
 * in its own topic: then the value is cut, and if that is not enough, its headers are left out and its key is cut too.
 */
final class DeadLetters {
    /** Room for the coordinates and the framing of the record. */
    private static final int MARGIN_BYTES = 4_096;
    /** Room for the length and the framing of a header. */
    private static final int HEADER_BYTES = 10;

    private final ProcessorContext<byte[], byte[]> context;
    private final String sink;
    private final int room;

    DeadLetters(ProcessorContext<byte[], byte[]> context, String sink, int messageBytesMax) {
        this.context = context;
        this.sink = sink;
        this.room = messageBytesMax - MARGIN_BYTES;
    }

    /** Whether the record is small enough to be written again whole, with a header more. */
    boolean holds(Record<byte[], byte[]> record) {
        return envelope(record) + length(record.value()) <= room;
    }

    void add(Record<byte[], byte[]> record, String reason) {
        boolean envelopeFits = envelope(record) <= room;
        byte[] key = envelopeFits ? record.key() : cut(record.key(), room);
        RecordHeaders headers = envelopeFits ? new RecordHeaders(record.headers()) : new RecordHeaders();
        coordinates(headers, record, reason);
        byte[] value = record.value();
        if (!holds(record)) {
            headers.add(Headers.DEAD_TRUNCATED, utf8(Integer.toString(length(value))));
            value = cut(value, envelopeFits ? (int) (room - envelope(record)) : room - length(key));
        }
        context.forward(new Record<>(key, value, record.timestamp(), headers), sink);
    }

    private void coordinates(RecordHeaders headers, Record<byte[], byte[]> record, String reason) {
        RecordMetadata at = context.recordMetadata().orElseThrow();
        headers.add(Headers.DEAD_REASON, utf8(reason));
        headers.add(Headers.DEAD_TOPIC, utf8(at.topic()));
        headers.add(Headers.DEAD_PARTITION, utf8(Integer.toString(at.partition())));
        headers.add(Headers.DEAD_OFFSET, utf8(Long.toString(at.offset())));
        headers.add(Headers.DEAD_TIMESTAMP, utf8(Long.toString(record.timestamp())));
    }

    /** Bytes of key and headers. */
    private static long envelope(Record<byte[], byte[]> record) {
        long bytes = length(record.key());
        for (Header header : record.headers())
            bytes += utf8(header.key()).length + (long) length(header.value()) + HEADER_BYTES;
        return bytes;
    }

    private static byte @Nullable [] cut(byte @Nullable [] bytes, int max) {
        return bytes == null || bytes.length <= max ? bytes : Arrays.copyOf(bytes, max);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
