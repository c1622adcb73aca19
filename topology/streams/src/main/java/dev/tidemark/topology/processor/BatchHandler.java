package dev.tidemark.topology.processor;

import dev.tidemark.algebra.Admission;
import dev.tidemark.algebra.AdmitDecision;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.ProjectWrites;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topology.AdmitEnvironment;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.store.AdmitStores;
import dev.tidemark.wire.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Step 2 of the main path: admits the batches of {@code tidemark.mutations}. Every batch is decided by the algebra; state,
 * records and outcome go in one transaction.
 */
final class BatchHandler {
    private static final byte[] ONCE = {'1'};

    private final AdmitEnvironment environment;

    private final ProcessorContext<byte[], byte[]> context;
    private final AdmitStores stores;
    private final DeadLetters deadLetters;
    private final LogOutput output;

    BatchHandler(
            AdmitEnvironment environment,
            ProcessorContext<byte[], byte[]> context,
            AdmitStores stores,
            LogOutput output) {
        this.environment = environment;
        this.context = context;
        this.stores = stores;
        this.output = output;
        this.deadLetters = new DeadLetters(context, Names.DEAD_LETTERS_SINK, environment.messageBytesMax());
    }

    void handle(Record<byte[], byte[]> record) {
        MutationBatch batch;
        try {
            batch = environment.codec().decodeBatch(record.value());
        } catch (UndecodableException e) {
            bury(record, e.reasonCode());
            return;
        }
        String project = batch.replica().project();
        if (!Arrays.equals(record.key(), project.getBytes(StandardCharsets.UTF_8))) bury(record, "key_not_project");
        else if (Partitions.of(project, environment.identity().partitions())
                != context.taskId().partition()) forward(record, project);
        else admit(record, batch);
    }

    private void admit(Record<byte[], byte[]> record, MutationBatch batch) {
        String project = batch.replica().project();
        AdmitStores.View view = stores.view(project);
        ProjectHead before = view.head();
        Epoch epoch = environment.identity().epoch(before.generation());
        String requestId = HeaderText.requestId(record);
        Header traceparent = HeaderText.traceparent(record);
        AdmitDecision decision = new Admission(batch, epoch, view, environment.limits())
                .decide(requestId, part -> write(project, part, record.timestamp(), traceparent));
        if (before.life() != decision.writes().head().life())
            ProjectStates.opened(project, decision.writes().head(), view.policy(), null, environment.identity())
                    .forEach(written -> written.to(output, record.timestamp()));
        write(project, decision.writes(), record.timestamp(), traceparent);
        stores.write(decision);
        output.outcome(decision.outcome(), record.timestamp());
        environment.listener().onBatch(decision, context.currentSystemTimeMs() - record.timestamp());
    }

    private void write(String project, ProjectWrites writes, long timestampMs, @Nullable Header traceparent) {
        stores.write(project, writes, timestampMs);
        output.changes(writes.changes(), timestampMs, traceparent);
    }

    /** A batch on the wrong partition is sent to the right one, once. */
    private void forward(Record<byte[], byte[]> record, String project) {
        if (record.headers().lastHeader(Headers.FORWARDED) != null) {
            bury(record, "misplaced_twice");
            return;
        }
        if (!deadLetters.holds(record)) {
            bury(record, "record_too_large");
            return;
        }
        RecordHeaders headers = new RecordHeaders(record.headers());
        headers.add(Headers.FORWARDED, ONCE);
        context.forward(new Record<>(record.key(), record.value(), record.timestamp(), headers), Names.MUTATIONS_SINK);
        environment.listener().onForwarded(project);
    }

    private void bury(Record<byte[], byte[]> record, String reason) {
        deadLetters.add(record, reason);
        String topic = context.recordMetadata().orElseThrow().topic();
        environment.listener().onDeadLetter(topic, reason);
    }
}
