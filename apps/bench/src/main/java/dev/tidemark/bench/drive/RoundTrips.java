package dev.tidemark.bench.drive;

import dev.tidemark.bench.measure.Latencies;
import dev.tidemark.bench.pipeline.Bare;
import dev.tidemark.bench.pipeline.Broker;
import dev.tidemark.bench.place.Until;
import dev.tidemark.cli.CommandFailure;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongFunction;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * The least that a push to a committed outcome can cost: a record is produced to a bare topology, and seen again by a reader of
 * committed records. Its number goes with it in the key.
 */
public final class RoundTrips {
    private static final long NAP_NS = 100_000;
    private static final Duration POLL = Duration.ofMillis(100);
    private static final Duration LAST_MAX = Duration.ofSeconds(60);

    private final String bootstrap;
    private final Bare bare;
    private final int inFlightMax;
    private final LongFunction<byte[]> values;
    private final Map<Long, Long> intendedNs = new ConcurrentHashMap<>();
    private volatile boolean isOver;

    /** @param values by number */
    public RoundTrips(String bootstrap, Bare bare, int inFlightMax, LongFunction<byte[]> values) {
        this.bootstrap = bootstrap;
        this.bare = bare;
        this.inFlightMax = inFlightMax;
        this.values = values;
    }

    /** Returns when every record has been seen. */
    public Latencies run(Pace pace, int slices) {
        try (KafkaConsumer<byte[], byte[]> consumer = atEnd();
                KafkaProducer<byte[], byte[]> producer = Broker.producer(bootstrap, 0)) {
            long startNs = System.nanoTime();
            Latencies latencies =
                    new Latencies(pace.clockNs(startNs), pace.measured().toNanos(), slices);
            Thread seeing = new Thread(() -> see(consumer, latencies), "bench-see");
            seeing.start();
            try {
                send(producer, pace, startNs);
                Until.met(LAST_MAX, "every record was seen", intendedNs::isEmpty);
            } finally {
                isOver = true;
                seeing.join();
            }
            return latencies;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    private void send(KafkaProducer<byte[], byte[]> producer, Pace pace, long startNs) {
        long endNs = pace.endNs(startNs);
        for (long number = 0; ; number++) {
            while (intendedNs.size() >= inFlightMax) LockSupport.parkNanos(NAP_NS);
            long dueNs = pace.isOpen() ? pace.intendedNs(startNs, number) : System.nanoTime();
            if (dueNs >= endNs) return;
            while (System.nanoTime() < dueNs) LockSupport.parkNanos(Math.min(NAP_NS, dueNs - System.nanoTime()));
            intendedNs.put(number, dueNs);
            byte[] key = ByteBuffer.allocate(Long.BYTES).putLong(number).array();
            Future<RecordMetadata> unused =
                    producer.send(new ProducerRecord<>(bare.input(), 0, key, values.apply(number)));
        }
    }

    private void see(KafkaConsumer<byte[], byte[]> consumer, Latencies latencies) {
        while (!isOver) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                Long intended = intendedNs.remove(ByteBuffer.wrap(record.key()).getLong());
                if (intended != null) latencies.add(intended, System.nanoTime());
            }
        }
    }

    private KafkaConsumer<byte[], byte[]> atEnd() {
        KafkaConsumer<byte[], byte[]> consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrap,
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                        "read_committed"),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
        List<TopicPartition> partitions = consumer.partitionsFor(bare.output()).stream()
                .map(each -> new TopicPartition(each.topic(), each.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        partitions.forEach(consumer::position);
        return consumer;
    }
}
