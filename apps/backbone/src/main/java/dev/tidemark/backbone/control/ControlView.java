package dev.tidemark.backbone.control;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.backbone.push.Waiting;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.LifecycleEvent;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.wire.UndecodableException;
import dev.tidemark.wire.WireCodec;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decided state of all projects, read back from {@code tidemark.control}, committed records only; and the answers to commands
 * of this process. One reader thread; everything else may be called from any thread.
 */
public final class ControlView implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ControlView.class);
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration POLL = Duration.ofMillis(500);
    private static final Duration BACKOFF = Duration.ofSeconds(1);
    private static final Duration OFFSETS = Duration.ofSeconds(20);

    /** How a command ended: the project as it then is, or why not. */
    public sealed interface Answer {
        record Done(ProjectInfo project) implements Answer {}

        record Refused(String code, String detail) implements Answer {}
    }

    private final Map<String, ProjectInfo> projects = new ConcurrentHashMap<>();
    private final Waiting<Answer> waiting;
    private final WireCodec codec;
    private final int partitions;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Thread thread;
    private volatile boolean caughtUp;
    private volatile boolean closed;

    public ControlView(Map<String, Object> clients, WireCodec codec, int partitions, Waiting<Answer> waiting) {
        this.codec = codec;
        this.partitions = partitions;
        this.waiting = waiting;
        Map<String, Object> config = new HashMap<>(clients);
        config.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        config.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        this.consumer = new KafkaConsumer<>(config, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        this.thread = new Thread(this::run, "tidemark-control");
        thread.setDaemon(true);
    }

    public void start() {
        thread.start();
    }

    /** Whether everything decided before the start has been read. */
    public boolean isCaughtUp() {
        return caughtUp;
    }

    public Optional<ProjectInfo> project(String name) {
        return Optional.ofNullable(projects.get(name));
    }

    public SortedMap<String, ProjectInfo> projects() {
        return new TreeMap<>(projects);
    }

    @Override
    public void close() {
        closed = true;
        consumer.wakeup();
        try {
            thread.join(2_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        try (consumer) {
            Map<TopicPartition, Long> ends = assign();
            while (!closed) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) read(record);
                if (!caughtUp) caughtUp = isBeyond(ends);
            }
        } catch (WakeupException e) {
            if (!closed) LOG.atError().setCause(e).log("control reader woke without reason");
        } catch (KafkaException e) {
            LOG.atError().setCause(e).log("control reader ended");
        }
    }

    private Map<TopicPartition, Long> assign() {
        List<TopicPartition> control = of(TopicCatalogue.CONTROL);
        List<TopicPartition> events = of(TopicCatalogue.EVENTS);
        List<TopicPartition> all = new ArrayList<>(control);
        all.addAll(events);
        consumer.assign(all);
        consumer.seekToBeginning(control);
        consumer.seekToEnd(events);
        while (!closed) {
            try {
                Map<TopicPartition, Long> ends = consumer.endOffsets(control, OFFSETS);
                for (TopicPartition event : events) consumer.position(event, OFFSETS);
                return ends;
            } catch (org.apache.kafka.common.errors.TimeoutException e) {
                LOG.atWarn().addKeyValue("retry_after_ms", BACKOFF.toMillis()).log("control topic not reachable yet");
            }
        }
        return Map.of();
    }

    private boolean isBeyond(Map<TopicPartition, Long> ends) {
        return ends.entrySet().stream().allMatch(end -> consumer.position(end.getKey(), OFFSETS) >= end.getValue());
    }

    private List<TopicPartition> of(String topic) {
        List<TopicPartition> all = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) all.add(new TopicPartition(topic, partition));
        return all;
    }

    private void read(ConsumerRecord<byte[], byte[]> record) {
        try {
            if (record.topic().equals(TopicCatalogue.EVENTS)) event(codec.decodeEvent(record.value()));
            else if (record.value() != null) state(codec.decodeState(record.value()));
        } catch (UndecodableException | JsonProcessingException e) {
            LOG.atError()
                    .addKeyValue("topic", record.topic())
                    .addKeyValue("partition", record.partition())
                    .addKeyValue("offset", record.offset())
                    .log("undecodable record passed over");
        }
    }

    private void state(ControlState state) throws JsonProcessingException {
        if (!state.kind().equals(ControlState.PROJECT)) return;
        JsonNode body = MAPPER.readTree(state.body());
        ProjectInfo info = new ProjectInfo(
                state.project(),
                body.path("state").asText(),
                body.path("generation").asLong(),
                body.path("epoch").asText(),
                body.path("paused").asBoolean(),
                body.path("filterable"));
        projects.put(state.project(), info);
        String requestId = state.requestId();
        if (requestId != null) waiting.answer(requestId, new Answer.Done(info));
    }

    private void event(LifecycleEvent event) throws JsonProcessingException {
        String requestId = event.requestId();
        if (requestId == null || !event.kind().equals(LifecycleEvent.COMMAND_REFUSED)) return;
        JsonNode body = MAPPER.readTree(event.body());
        waiting.answer(
                requestId,
                new Answer.Refused(
                        body.path("code").asText(), body.path("detail").asText()));
    }
}
