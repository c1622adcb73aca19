package dev.tidemark.bench.pipeline;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.bench.workload.Edit;
import dev.tidemark.bench.workload.Shape;
import dev.tidemark.topic.Partitions;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * A bare topology on the same edits: each is a record of its own, with the path for a key and the image for a value, on the
 * partition of its project.
 */
public final class BarePipeline implements Pipeline {
    private static final int WAIT_SECONDS = 30;

    private final Bare bare;
    private final Broker broker;
    private final Path state;
    private final List<String> projects;
    private final Map<String, String> overrides;
    private final Sender sender;
    private @Nullable BareRun run;

    /** @param overrides of Admit's settings */
    public BarePipeline(Bare bare, Broker broker, Path state, List<String> projects, Map<String, String> overrides) {
        this.bare = bare;
        this.broker = broker;
        this.state = state;
        this.projects = projects;
        this.overrides = overrides;
        broker.createTopics(bare);
        this.sender = new Sender(broker.bootstrap());
    }

    @Override
    public String name() {
        return bare.label();
    }

    @Override
    public void open() {
        run = new BareRun(bare, broker.bootstrap(), state, overrides);
        run.start();
    }

    @Override
    public void supply(List<Edit> chunk) {
        for (Edit edit : chunk) sender.send(record(edit));
    }

    private ProducerRecord<byte[], byte[]> record(Edit edit) {
        String project = projects.get(edit.project());
        byte[] key = EntityPath.of(project, Edit.TYPE, edit.key()).getBytes(StandardCharsets.UTF_8);
        byte[] value = edit.image().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(bare.input(), Partitions.of(project, Shape.PARTITIONS), key, value);
    }

    @Override
    public void supplied() {
        sender.flush();
    }

    /** The input is written without transactions, so that its offsets count its records. */
    @Override
    public long done() {
        if (run == null) throw new IllegalStateException("not open");
        run.requireWell();
        try {
            return broker
                    .admin()
                    .listConsumerGroupOffsets(bare.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .mapToLong(each -> each == null ? 0 : each.offset())
                    .sum();
        } catch (Exception e) {
            throw new IllegalStateException("cannot read committed offsets", e);
        }
    }

    @Override
    public void pause() {
        if (run != null) run.close();
        run = null;
    }

    @Override
    public void close() {
        sender.close();
        pause();
    }
}
