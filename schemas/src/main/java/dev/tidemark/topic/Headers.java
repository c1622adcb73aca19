package dev.tidemark.topic;

/** Names of record headers. */
public final class Headers {
    /** On every record of the log: Avro RecordMeta in the Confluent wire format. */
    public static final String META = "tm-meta";
    /** Who waits for the outcome: an id, UTF-8. */
    public static final String REQUEST = "tm-request";
    /** The record came from the wrong partition and was forwarded once; misplaced again, it is a dead letter. */
    public static final String FORWARDED = "tm-forwarded";
    /** Authenticated name of whoever pushed, UTF-8. */
    public static final String PRINCIPAL = "tm-principal";
    /** W3C trace context. */
    public static final String TRACEPARENT = "traceparent";
    /** Dead letter: reason code, UTF-8. */
    public static final String DEAD_REASON = "tm-dead-reason";
    /** Dead letter: topic it was read from, UTF-8. */
    public static final String DEAD_TOPIC = "tm-dead-topic";
    /** Dead letter: partition it was read from, decimal. */
    public static final String DEAD_PARTITION = "tm-dead-partition";
    /** Dead letter: offset it was read from, decimal. */
    public static final String DEAD_OFFSET = "tm-dead-offset";
    /** Dead letter: its timestamp, decimal milliseconds since 1970. */
    public static final String DEAD_TIMESTAMP = "tm-dead-timestamp";
    /** Dead letter: length in bytes of the value before it was cut, decimal; absent if it is whole. */
    public static final String DEAD_TRUNCATED = "tm-dead-truncated";

    private Headers() {}
}
