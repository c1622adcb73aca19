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

/** Records that cannot be read go, as they were received, to the dead letters with reason and coordinates; the stream goes on. */
final class DeadLetters {
    /** Room for the coordinates and the framing of the record. */
    private static final int MARGIN_BYTES = 4_096;

    private final ProcessorContext<byte[], byte[]> context;
    private final String sink;
    private final int messageBytesMax;

    DeadLetters(ProcessorContext<byte[], byte[]> context, String sink, int messageBytesMax) {
        this.context = context;
        this.sink = sink;
        this.messageBytesMax = messageBytesMax;
    }

    void add(Record<byte[], byte[]> record, String reason) {
        RecordHeaders headers = new RecordHeaders(record.headers());
        RecordMetadata at = context.recordMetadata().orElseThrow();
        headers.add(Headers.DEAD_REASON, utf8(reason));
        headers.add(Headers.DEAD_TOPIC, utf8(at.topic()));
        headers.add(Headers.DEAD_PARTITION, utf8(Integer.toString(at.partition())));
        headers.add(Headers.DEAD_OFFSET, utf8(Long.toString(at.offset())));
        headers.add(Headers.DEAD_TIMESTAMP, utf8(Long.toString(record.timestamp())));
        byte[] value = record.value();
        int room = messageBytesMax - MARGIN_BYTES - length(record.key()) - length(headers);
        if (length(value) > room) {
            headers.add(Headers.DEAD_TRUNCATED, utf8(Integer.toString(length(value))));
            value = Arrays.copyOf(value, Math.max(0, room));
        }
        context.forward(new Record<>(record.key(), value, record.timestamp(), headers), sink);
    }

    private static int length(byte @Nullable [] bytes) {
        return bytes == null ? 0 : bytes.length;
    }

    private static int length(RecordHeaders headers) {
        int bytes = 0;
        for (Header header : headers) bytes += header.key().length() + length(header.value()) + 10;
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
