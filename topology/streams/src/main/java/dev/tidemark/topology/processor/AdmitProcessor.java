package dev.tidemark.topology.processor;

import dev.tidemark.algebra.AdmitDecision;
import dev.tidemark.algebra.Admission;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topology.AdmitEnvironment;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.topology.store.AdmitStores;
import dev.tidemark.wire.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Step 2 of the main path: admits the batches of {@code tidemark.mutations}. Every batch is decided by the algebra; state,
 * records and outcome go in one transaction.
 */
public final class AdmitProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration PARTITION_CHECK = Duration.ofSeconds(30);
    private static final byte[] ONCE = {'1'};

    private final AdmitEnvironment environment;
    private final Function<ProcessingContext, Fence> fences;
    private @Nullable Running running;

    public AdmitProcessor(AdmitEnvironment environment, Function<ProcessingContext, Fence> fences) {
        this.environment = environment;
        this.fences = fences;
    }

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        Fence fence = fences.apply(context);
        fence.check();
        running = new Running(context, fence);
        context.schedule(PARTITION_CHECK, PunctuationType.WALL_CLOCK_TIME, now -> fence.checkPartitions());
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Objects.requireNonNull(running).process(record);
    }

    /** The processor between init and close. */
    private final class Running {
        private final ProcessorContext<byte[], byte[]> context;
        private final Fence fence;
        private final AdmitStores stores;
        private final DeadLetters deadLetters;
        private final LogOutput output;

        Running(ProcessorContext<byte[], byte[]> context, Fence fence) {
            this.context = context;
            this.fence = fence;
            this.stores = new AdmitStores(context);
            this.deadLetters = new DeadLetters(context, Names.DEAD_LETTERS_SINK, environment.messageBytesMax());
            this.output = new LogOutput(context, environment.codec(), fence);
        }

        void process(Record<byte[], byte[]> record) {
            fence.begin();
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
            String requestId = HeaderText.of(record, Headers.REQUEST);
            AdmitDecision decision = Admission.decide(batch, epoch, requestId, view, environment.limits());
            if (before.life() == ProjectHead.Life.ABSENT)
                ProjectStates.opened(project, decision.head(), view.policy(), null, environment.identity())
                        .forEach(written -> written.to(output, record.timestamp()));
            stores.write(project, decision);
            output.changes(decision.changes(), record.timestamp(), record.headers().lastHeader(Headers.TRACEPARENT));
            output.outcome(decision.outcome(), record.timestamp());
            environment.listener().onBatch(decision, context.currentSystemTimeMs() - record.timestamp());
        }

        /** A batch on the wrong partition is sent to the right one, once. */
        private void forward(Record<byte[], byte[]> record, String project) {
            if (record.headers().lastHeader(Headers.FORWARDED) != null) {
                bury(record, "misplaced_twice");
                return;
            }
            RecordHeaders headers = new RecordHeaders(record.headers());
            headers.add(Headers.FORWARDED, ONCE);
            context.forward(
                    new Record<>(record.key(), record.value(), record.timestamp(), headers), Names.MUTATIONS_SINK);
            environment.listener().onForwarded(project);
        }

        private void bury(Record<byte[], byte[]> record, String reason) {
            deadLetters.add(record, reason);
            String topic = context.recordMetadata().orElseThrow().topic();
            environment.listener().onDeadLetter(topic, reason);
        }
    }
}
