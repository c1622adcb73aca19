package dev.tidemark.topology.processor;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.AdmitEnvironment;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.topology.store.AdmitStores;
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
 * Admit's one processor: mutations and commands of a partition, decided one after the other over the same state. The fence is
 * checked before the first record.
 */
public final class AdmitProcessor implements Processor<byte[], byte[], byte[], byte[]> {
    private static final Duration PARTITION_CHECK = Duration.ofSeconds(30);
    /** Rows of deleted entities that are forgotten at a time. */
    private static final int PRUNED_MAX = 5_000;

    private final AdmitEnvironment environment;
    private final Function<ProcessingContext, Fence> fences;
    private @Nullable Running running;

    public AdmitProcessor(AdmitEnvironment environment, Function<ProcessingContext, Fence> fences) {
        this.environment = environment;
        this.fences = fences;
    }

    /** Between init and close. */
    private record Running(
            ProcessorContext<byte[], byte[]> context, Fence fence, BatchHandler batches, CommandHandler commands) {}

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        Fence fence = fences.apply(context);
        fence.check();
        AdmitStores stores = new AdmitStores(context);
        LogOutput output = new LogOutput(context, environment.codec(), fence);
        running = new Running(
                context,
                fence,
                new BatchHandler(environment, context, stores, output),
                new CommandHandler(environment, context, stores, output));
        context.schedule(PARTITION_CHECK, PunctuationType.WALL_CLOCK_TIME, now -> watch(fence));
        AdmitEnvironment.Pruning pruning = environment.pruning();
        context.schedule(pruning.every(), PunctuationType.WALL_CLOCK_TIME, now -> {
            fence.begin();
            stores.pruneDeleted(now - pruning.horizon().toMillis(), PRUNED_MAX);
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
        String topic = now.context.recordMetadata().orElseThrow().topic();
        if (topic.equals(TopicCatalogue.MUTATIONS)) now.batches.handle(record);
        else now.commands.handle(record);
    }
}
