package dev.tidemark.topology.repair;

import dev.tidemark.topology.ProducerSettings;
import dev.tidemark.topology.provision.StartRefused;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.utils.Bytes;

/** Writes rows of changelogs and records of topics, each at most once and in order. Nothing is certain before {@link #flush}. */
final class RowProducer implements AutoCloseable {
    private final KafkaProducer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    private long written;

    RowProducer(RepairSetup setup) {
        Map<String, Object> config = ProducerSettings.inOrder(setup.instance().clients());
        config.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        config.put(ProducerConfig.MAX_REQUEST_SIZE_CONFIG, 2 * setup.instance().messageBytesMax());
        this.producer = new KafkaProducer<>(config, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** The changelogs of an application, at one partition. */
    RowSink changelogs(Application application, int partition) {
        return (store, key, value) ->
                send(new ProducerRecord<>(application.changelog(store), partition, key.get(), value));
    }

    void send(ProducerRecord<byte[], byte[]> row) {
        written++;
        var unused = producer.send(row, (metadata, e) -> {
            if (e != null) failure.compareAndSet(null, e);
        });
    }

    void row(String topic, int partition, Bytes key, byte[] value) {
        send(new ProducerRecord<>(topic, partition, key.get(), value));
    }

    /** Returns when everything so far is written. */
    void flush() throws RepairRefused {
        producer.flush();
        Exception failed = failure.get();
        if (failed != null)
            throw new RepairRefused(
                    StartRefused.KAFKA_UNREACHABLE,
                    "Kafka refused a row: " + failed.getMessage()
                            + "; nothing is lost, mend the cause and run it again");
    }

    /** Rows and records so far. */
    long written() {
        return written;
    }

    @Override
    public void close() {
        producer.close();
    }
}
