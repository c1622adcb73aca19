package dev.tidemark.topology.processor;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.MaterializeEnvironment;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.topology.store.MaterializeStores;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.ProcessingContext;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/**
 * Materialize's one processor: committed records, outcomes and target events of a partition over the same state. The fence is
 * checked before the first record.
 */
public final class MaterializeProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration PARTITION_CHECK = Duration.ofSeconds(30);

    private final MaterializeEnvironment environment;
    private final Function<ProcessingContext, Fence> fences;
    private @Nullable Running running;

    public MaterializeProcessor(MaterializeEnvironment environment, Function<ProcessingContext, Fence> fences) {
        this.environment = environment;
        this.fences = fences;
    }

    /** Between init and close. */
    private record Running(
            ProcessorContext<byte[], byte[]> context,
            Fence fence,
            RecordHandler records,
            OutcomeHandler outcomes,
            TargetHandler targets) {}

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        Fence fence = fences.apply(context);
        fence.check();
        MaterializeStores stores = new MaterializeStores(context);
        Answers answers = new Answers(environment, stores);
        running = new Running(
                context,
                fence,
                new RecordHandler(environment, context, stores, answers),
                new OutcomeHandler(environment, context, stores, answers),
                new TargetHandler(environment, context, stores, answers));
        Expiry expiry = new Expiry(environment, context, stores);
        context.schedule(PARTITION_CHECK, PunctuationType.WALL_CLOCK_TIME, now -> watch(fence));
        context.schedule(environment.keeping().every(), PunctuationType.WALL_CLOCK_TIME, now -> {
            fence.begin();
            expiry.expire(now);
        });
    }

    /** A punctuation commits positions, so what the fence looks for must be committed with them. */
    private static void watch(Fence fence) {
        fence.begin();
        fence.checkPartitions();
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Running now = Objects.requireNonNull(running);
        now.fence.begin();
        switch (now.context.recordMetadata().orElseThrow().topic()) {
            case TopicCatalogue.LOG -> now.records.handle(record);
            case TopicCatalogue.OUTCOMES -> now.outcomes.handle(record);
            case TopicCatalogue.ACKS -> now.targets.handle(record);
            default -> throw new IllegalStateException("a topic this processor does not read");
        }
    }
}
