package dev.tidemark.topology.processor;

import dev.tidemark.topic.Headers;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Headers of records that are passed on. Whoever writes to Kafka may put anything into them, so what is longer than it can be
 * counts as absent: passed on it could make a record that no topic takes.
 */
final class HeaderText {
    private static final int REQUEST_BYTES_MAX = 256;
    /** Version 00 has 55; later versions may be longer. */
    private static final int TRACEPARENT_BYTES_MAX = 128;

    private HeaderText() {}

    /** Null: nobody waits. */
    static @Nullable String requestId(Record<byte[], byte[]> record) {
        Header header = within(record, Headers.REQUEST, REQUEST_BYTES_MAX);
        return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
    }

    static @Nullable Header traceparent(Record<byte[], byte[]> record) {
        return within(record, Headers.TRACEPARENT, TRACEPARENT_BYTES_MAX);
    }

    /** The same for a request id that stands in the record itself. */
    static @Nullable String requestId(@Nullable String id) {
        return id == null || id.length() > REQUEST_BYTES_MAX ? null : id;
    }

    private static @Nullable Header within(Record<byte[], byte[]> record, String name, int bytesMax) {
        Header header = record.headers().lastHeader(name);
        return header == null || header.value() == null || header.value().length > bytesMax ? null : header;
    }
}
