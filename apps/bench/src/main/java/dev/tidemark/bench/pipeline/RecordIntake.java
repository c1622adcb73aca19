package dev.tidemark.bench.pipeline;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.bench.workload.Edit;
import dev.tidemark.bench.workload.Shape;
import dev.tidemark.topic.Partitions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Edits for a bare topology: each is a record of its own, with the path for a key and the image for a value, on the partition of
 * its project.
 */
public final class RecordIntake implements Intake {
    private static final int WAIT_SECONDS = 30;
    private static final Duration CLOSE = Duration.ofSeconds(2);

    private final Bare bare;
    private final List<String> projects;
    private final int partitions;
    private final Sender sender;
    private final Admin admin;

    public RecordIntake(String bootstrap, Bare bare, Shape shape) {
        this.bare = bare;
        this.projects = shape.projectNames();
        this.partitions = shape.partitions();
        this.sender = new Sender(bootstrap);
        this.admin = Admin.create(Map.of("bootstrap.servers", bootstrap));
    }

    @Override
    public void supply(List<Edit> chunk) {
        for (Edit edit : chunk) sender.send(record(edit));
    }

    private ProducerRecord<byte[], byte[]> record(Edit edit) {
        String project = projects.get(edit.project());
        byte[] key = EntityPath.of(project, Edit.TYPE, edit.key()).getBytes(StandardCharsets.UTF_8);
        byte[] value = edit.image().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(bare.input(), Partitions.of(project, partitions), key, value);
    }

    @Override
    public void supplied() {
        sender.flush();
    }

    /** The input is written without transactions, so that its offsets count its records. */
    @Override
    public long done() {
        try {
            return admin
                    .listConsumerGroupOffsets(bare.applicationId())
                    .partitionsToOffsetAndMetadata()
                    .get(WAIT_SECONDS, TimeUnit.SECONDS)
                    .values()
                    .stream()
                    .mapToLong(each -> each == null ? 0 : each.offset())
                    .sum();
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("cannot read committed offsets", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public void close() {
        admin.close(CLOSE);
        sender.close();
    }
}
