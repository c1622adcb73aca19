package dev.tidemark.topology.repair;

import dev.tidemark.topology.provision.StartRefused;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.utils.Bytes;

/**
 * Reads partitions from their beginning to their end, committed records only. Nobody writes meanwhile, but a transaction that a
 * killed instance left open may still be ended by the broker: it waits for that.
 */
final class CommittedReader implements AutoCloseable {
    private static final Duration ANSWER_MAX = Duration.ofSeconds(30);
    /** Beyond the timeout of any transaction of Tidemark, and the interval at which brokers look for those. */
    private static final Duration SETTLED_MAX = Duration.ofSeconds(60);

    private static final Duration POLL = Duration.ofMillis(200);

    private final KafkaConsumer<byte[], byte[]> committed;
    private final KafkaConsumer<byte[], byte[]> written;

    CommittedReader(Map<String, Object> clients) {
        this.committed = consumer(clients, "read_committed");
        this.written = consumer(clients, "read_uncommitted");
    }

    /** Takes the records of a partition one after the other. */
    interface Taker {
        void take(ConsumerRecord<byte[], byte[]> row) throws RepairRefused;
    }

    void read(String topic, int partition, Taker taker) throws RepairRefused {
        TopicPartition at = new TopicPartition(topic, partition);
        long end = settledEnd(at);
        committed.assign(List.of(at));
        committed.seekToBeginning(List.of(at));
        long deadlineNs = System.nanoTime() + ANSWER_MAX.toNanos();
        while (committed.position(at, ANSWER_MAX) < end) {
            List<ConsumerRecord<byte[], byte[]>> records = committed.poll(POLL).records(at);
            for (ConsumerRecord<byte[], byte[]> each : records) if (each.offset() < end) taker.take(each);
            if (!records.isEmpty()) deadlineNs = System.nanoTime() + ANSWER_MAX.toNanos();
            if (System.nanoTime() > deadlineNs) throw slow("read " + at);
        }
    }

    /** The rows that a changelog partition has now: of each key the last one, where that is no delete. */
    Map<Bytes, byte[]> rows(String changelog, int partition) throws RepairRefused {
        Map<Bytes, byte[]> rows = new HashMap<>();
        read(changelog, partition, row -> {
            Bytes key = Bytes.wrap(row.key());
            if (row.value() == null) rows.remove(key);
            else rows.put(key, row.value());
        });
        return rows;
    }

    /** None where the changelog, or that partition of it, is not there. */
    Map<Bytes, byte[]> rowsIfThere(RepairSite site, String changelog, int partition) throws RepairRefused {
        TopicDescription topic = site.describe(List.of(changelog)).get(changelog);
        return topic == null || topic.partitions().size() <= partition ? Map.of() : rows(changelog, partition);
    }

    private long settledEnd(TopicPartition at) throws RepairRefused {
        long deadlineNs = System.nanoTime() + SETTLED_MAX.toNanos();
        while (true) {
            long end = end(written, at);
            if (end(committed, at) >= end) return end;
            RepairSite.pauseUntil(deadlineNs, "read " + at + ", on which a transaction is open");
        }
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition at) {
        return consumer.endOffsets(List.of(at), ANSWER_MAX).getOrDefault(at, 0L);
    }

    private static RepairRefused slow(String what) {
        return new RepairRefused(
                StartRefused.KAFKA_UNREACHABLE,
                "cannot " + what + ": nothing came for " + ANSWER_MAX.toSeconds() + " s; check the brokers");
    }

    private static KafkaConsumer<byte[], byte[]> consumer(Map<String, Object> clients, String isolation) {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation);
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    @Override
    public void close() {
        committed.close();
        written.close();
    }
}
