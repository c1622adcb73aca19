package dev.tidemark.bench.pipeline;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** Sends records and does not let a lost one pass. */
public final class Sender implements AutoCloseable {
    private static final int LINGER_MS = 5;

    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<@Nullable Exception> failure = new AtomicReference<>();

    public Sender(String bootstrap) {
        this.producer = Broker.producer(bootstrap, LINGER_MS);
    }

    public void send(ProducerRecord<byte[], byte[]> record) {
        Future<RecordMetadata> unused = producer.send(record, (at, error) -> {
            if (error != null) failure.compareAndSet(null, error);
        });
    }

    /** Returns when all that was sent is acknowledged. */
    public void flush() {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null) throw new IllegalStateException("a record was not taken", failed);
    }

    @Override
    public void close() {
        producer.close(Duration.ofSeconds(2));
    }
}
