package dev.tidemark.topology.processor;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.MaterializeEnvironment;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.topology.store.MaterializeStores;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.processor.api.RecordMetadata;
import org.jspecify.annotations.Nullable;

/**
 * Materialize's one processor: committed records, outcomes and target events of a partition over the same state. The fence is
 * checked before the first record. The partition is served from when everything is read that was committed when it was taken.
 */
public final class MaterializeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final List<String> INPUTS =
            List.of(TopicCatalogue.LOG, TopicCatalogue.OUTCOMES, TopicCatalogue.ACKS);

    private final MaterializeEnvironment environment;
    private final Function<ProcessingContext, Fence> fences;
    /** Last offset of each topic that must be read before the partition is served. */
    private final Map<String, Long> unread = new HashMap<>();

    private @Nullable Running running;

    public MaterializeProcessor(MaterializeEnvironment environment, Function<ProcessingContext, Fence> fences) {
        this.environment = environment;
        this.fences = fences;
    }

    /** Between init and close. */
    private record Running(
            ProcessorContext<byte[], byte[]> context,
            Fence fence,
            Punctuations punctuations,
            RecordHandler records,
            OutcomeHandler outcomes,
            TargetHandler targets) {}

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        environment.pending().taken(context.taskId().partition());
        environment.listener().onTaken(context.taskId().partition());
        Fence fence = fences.apply(context);
        fence.check();
        MaterializeStores stores = new MaterializeStores(context);
        Answers answers = new Answers(environment, context, stores);
        Expiry expiry = new Expiry(environment, context, stores);
        Punctuations punctuations = new Punctuations(context, fence);
        punctuations.every(environment.keeping().every(), expiry::expire);
        running = new Running(
                context,
                fence,
                punctuations,
                new RecordHandler(environment, context, stores, answers),
                new OutcomeHandler(environment, context, stores, answers),
                new TargetHandler(environment, context, stores, answers));
        unread.clear();
        unread.putAll(environment
                .cluster()
                .unread(Names.MATERIALIZE_APP, INPUTS, context.taskId().partition()));
        serveIfRead(context);
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Running now = Objects.requireNonNull(running);
        now.fence.begin();
        RecordMetadata at = now.context.recordMetadata().orElseThrow();
        switch (at.topic()) {
            case TopicCatalogue.LOG -> now.records.handle(record);
            case TopicCatalogue.OUTCOMES -> now.outcomes.handle(record);
            case TopicCatalogue.ACKS -> now.targets.handle(record);
            default -> throw new IllegalStateException("a topic this processor does not read");
        }
        if (!unread.isEmpty()) wasRead(at, now.context);
    }

    private void wasRead(RecordMetadata at, ProcessorContext<byte[], byte[]> context) {
        Long last = unread.get(at.topic());
        if (last == null || at.offset() < last) return;
        unread.remove(at.topic());
        serveIfRead(context);
    }

    private void serveIfRead(ProcessorContext<byte[], byte[]> context) {
        if (unread.isEmpty()) environment.listener().onCaughtUp(context.taskId().partition());
    }

    @Override
    public void close() {
        if (running == null) return;
        running.punctuations.close();
        environment.listener().onLeft(running.context.taskId().partition());
        running = null;
    }
}
