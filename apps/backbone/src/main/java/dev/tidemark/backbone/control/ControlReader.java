package dev.tidemark.backbone.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.tidemark.model.ControlState;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.SchemaRegistryException;
import dev.tidemark.wire.UndecodableException;
import dev.tidemark.wire.WireCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads {@code tidemark.control} from its beginning, and {@code tidemark.events} from now on, committed records only, on a thread
 * of its own. After a fault it goes on where it was.
 */
public final class ControlReader implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlReader.class);
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration OFFSETS = Duration.ofSeconds(20);
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Map<String, Object> config;
    private final WireCodec codec;
    private final int partitions;
    private final ControlView view;
    private final Thread thread = new Thread(this::run, "tidemark-control");
    private final CountDownLatch closed = new CountDownLatch(1);
    /** Where to go on; of the reader thread. */
    private final Map<TopicPartition, Long> next = new HashMap<>();

    private volatile @Nullable KafkaConsumer<byte[], byte[]> open;
    private volatile boolean caughtUp;

    public ControlReader(Map<String, Object> clients, WireCodec codec, int partitions, ControlView view) {
        this.config = new HashMap<>(clients);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        // Where a position is lost the whole topic is read again; from its end, what was decided would be missing.
        config.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "earliest");
        this.codec = codec;
        this.partitions = partitions;
        this.view = view;
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether everything decided before the start has been read. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    @Override
    public void close() {
        closed.countDown();
        KafkaConsumer<byte[], byte[]> consumer = open;
        if (consumer != null) consumer.wakeup();
        try {
            thread.join(CLOSE.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (closed.getCount() > 0) {
            try (KafkaConsumer<byte[], byte[]> consumer =
                    new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
                open = consumer;
                read(consumer);
            } catch (WakeupException e) {
                return;
            } catch (KafkaException | SchemaRegistryException e) {
                LOG.atWarn()
                        .setCause(e)
                        .addKeyValue("retry_after_ms", BACKOFF.toMillis())
                        .log("control topics cannot be read for the moment");
                pause();
            } finally {
                open = null;
            }
        }
    }

    private void read(KafkaConsumer<byte[], byte[]> consumer) {
        List<TopicPartition> control = of(TopicCatalogue.CONTROL);
        List<TopicPartition> events = of(TopicCatalogue.EVENTS);
        List<TopicPartition> all = new ArrayList<>(control);
        all.addAll(events);
        consumer.assign(all);
        consumer.seekToBeginning(control);
        consumer.seekToEnd(events);
        next.forEach(consumer::seek);
        for (TopicPartition event : events) next.putIfAbsent(event, consumer.position(event, OFFSETS));
        Map<TopicPartition, Long> ends = consumer.endOffsets(control, OFFSETS);
        while (closed.getCount() > 0) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                take(record);
                next.put(new TopicPartition(record.topic(), record.partition()), record.offset() + 1);
            }
            if (!caughtUp) caughtUp = isBeyond(consumer, ends);
        }
    }

    private void pause() {
        try {
            boolean isClosed = closed.await(BACKOFF.toMillis(), TimeUnit.MILLISECONDS);
            if (isClosed) LOG.atDebug().log("closed while it waited to read again");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isBeyond(KafkaConsumer<byte[], byte[]> consumer, Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), OFFSETS) >= end.getValue());
    }

    private List<TopicPartition> of(String topic) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) all.add(new TopicPartition(topic, partition));
        return all;
    }

    /** Where partitions were added, a state of before may still lie on the partition of before. */
    private void take(ConsumerRecord<byte[], byte[]> record, ControlState state) throws JsonProcessingException {
        if (Partitions.of(state.project(), partitions) == record.partition()) view.take(state);
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(TopicCatalogue.EVENTS)) view.take(codec.decodeEvent(record.value()));
            else if (record.value() != null) take(record, codec.decodeState(record.value()));
        } catch (UndecodableException | JsonProcessingException e) {
            LOG.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("undecodable record passed over");
        }
    }
}
