package dev.tidemark.topology.fence;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** The cluster through the admin client and a committed reader of the log. Thread-safe. */
public final class KafkaCluster implements Cluster {
    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    private static final Duration POLL = Duration.ofMillis(200);
    /** How far it first steps back over transaction markers; four times as far each time it finds no record. */
    private static final long FIRST_STEP_BACK = 16;

    private final Admin admin;
    private final Map<String, Object> clients;
    private final WireCodec codec;

    /** @param clients properties of every client: bootstrap servers, security */
    public KafkaCluster(Map<String, Object> clients, WireCodec codec) {
        this.clients = Map.copyOf(clients);
        this.codec = codec;
        Properties properties = new Properties();
        properties.putAll(clients);
        this.admin = Admin.create(properties);
    }

    @Override
    public Map<String, String> topicIds(Collection<String> topics) {
        Map<String, String> ids = new HashMap<>();
        admin.describeTopics(topics).topicNameValues().forEach((topic, future) -> {
            try {
                ids.put(topic, get(future, "describe " + topic).topicId().toString());
            } catch (NoSuchTopic e) {
                // left out: that is the answer
            }
        });
        return ids;
    }

    @Override
    public int partitionsOf(String topic) {
        Map<String, KafkaFuture<TopicDescription>> futures =
                admin.describeTopics(List.of(topic)).topicNameValues();
        try {
            return get(futures.get(topic), "describe " + topic).partitions().size();
        } catch (NoSuchTopic e) {
            return 0;
        }
    }

    @Override
    public boolean isUntouched(String applicationId, Collection<String> topics, int partition) {
        Map<TopicPartition, OffsetAndMetadata> committed = committedPositions(applicationId);
        for (String topic : topics) {
            OffsetAndMetadata offset = committed.get(new TopicPartition(topic, partition));
            // Kafka Streams always commits with metadata, the seeding of first offsets never does.
            if (offset != null && !offset.metadata().isEmpty()) return false;
        }
        return true;
    }

    @Override
    public Optional<LastRecord> lastRecord(int partition) {
        try (KafkaConsumer<byte[], byte[]> consumer = committedReader()) {
            ConsumerRecord<byte[], byte[]> last = last(consumer, new TopicPartition(TopicCatalogue.LOG, partition), 0);
            return last == null ? Optional.empty() : Optional.of(describe(last));
        }
    }

    @Override
    public long committedEnd(int partition) {
        try (KafkaConsumer<byte[], byte[]> consumer = committedReader()) {
            TopicPartition log = new TopicPartition(TopicCatalogue.LOG, partition);
            return consumer.endOffsets(List.of(log), TIMEOUT).getOrDefault(log, 0L);
        }
    }

    @Override
    public Map<String, Long> unread(String applicationId, Collection<String> topics, int partition) {
        Map<TopicPartition, OffsetAndMetadata> positions = committedPositions(applicationId);
        Map<String, Long> unread = new HashMap<>();
        try (KafkaConsumer<byte[], byte[]> consumer = committedReader()) {
            for (String topic : topics) {
                TopicPartition at = new TopicPartition(topic, partition);
                OffsetAndMetadata position = positions.get(at);
                ConsumerRecord<byte[], byte[]> last = last(consumer, at, position == null ? 0 : position.offset());
                if (last != null) unread.put(topic, last.offset());
            }
        }
        return unread;
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(5));
    }

    private Map<TopicPartition, OffsetAndMetadata> committedPositions(String applicationId) {
        return get(
                admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata(),
                "read the offsets of " + applicationId);
    }

    /** The last committed record from an offset on, stepping back from the end over markers; null: there is none. */
    private static @org.jspecify.annotations.Nullable ConsumerRecord<byte[], byte[]> last(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition, long notBefore) {
        List<TopicPartition> one = List.of(partition);
        consumer.assign(one);
        long end = consumer.endOffsets(one, TIMEOUT).getOrDefault(partition, 0L);
        if (end <= notBefore) return null;
        long begin = Math.max(notBefore, consumer.beginningOffsets(one, TIMEOUT).getOrDefault(partition, 0L));
        for (long back = FIRST_STEP_BACK; ; back *= 4) {
            long from = Math.max(begin, end - back);
            ConsumerRecord<byte[], byte[]> last = lastFrom(consumer, partition, from, end);
            if (last != null || from == begin) return last;
        }
    }

    private static @org.jspecify.annotations.Nullable ConsumerRecord<byte[], byte[]> lastFrom(
            KafkaConsumer<byte[], byte[]> consumer, TopicPartition log, long from, long end) {
        consumer.seek(log, from);
        long deadlineNs = System.nanoTime() + TIMEOUT.toNanos();
        ConsumerRecord<byte[], byte[]> last = null;
        while (consumer.position(log, TIMEOUT) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) if (record.offset() < end) last = record;
            if (System.nanoTime() > deadlineNs)
                throw new ClusterUnreachable("read the end of " + log, new TimeoutException());
        }
        return last;
    }

    private LastRecord describe(ConsumerRecord<byte[], byte[]> record) {
        Header header = record.headers().lastHeader(Headers.META);
        RecordMeta meta = codec.decodeMeta(header == null ? null : header.value());
        String path = new String(record.key(), StandardCharsets.UTF_8);
        return new LastRecord(EntityPath.projectOf(path), meta.ordinal(), meta.digest());
    }

    private KafkaConsumer<byte[], byte[]> committedReader() {
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        return new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    private static <T> T get(@org.jspecify.annotations.Nullable KafkaFuture<T> future, String what) {
        try {
            if (future == null) throw new NoSuchTopic();
            return future.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ClusterUnreachable("interrupted: " + what, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnknownTopicOrPartitionException) throw new NoSuchTopic();
            throw new ClusterUnreachable("the cluster refused to " + what, e);
        } catch (TimeoutException e) {
            throw new ClusterUnreachable("the cluster did not answer in time to " + what, e);
        }
    }

    private static final class NoSuchTopic extends RuntimeException {
        private static final long serialVersionUID = 1L;

        NoSuchTopic() {
            super("no such topic", null, false, false);
        }
    }
}
