package dev.tidemark.topology.processor;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.AdmitEnvironment;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.topology.store.AdmitStores;
import java.util.Objects;
import java.util.function.Function;
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
            ProcessorContext<byte[], byte[]> context,
            Fence fence,
            Punctuations punctuations,
            BatchHandler batches,
            CommandHandler commands) {}

    @Override
    public void init(ProcessorContext<byte[], byte[]> context) {
        Fence fence = fences.apply(context);
        fence.check();
        AdmitStores stores = new AdmitStores(context);
        LogOutput output = new LogOutput(context, environment.codec(), fence);
        Punctuations punctuations = new Punctuations(context, fence);
        long horizonMs = environment.pruning().horizon().toMillis();
        punctuations.every(environment.pruning().every(), now -> stores.pruneDeleted(now - horizonMs, PRUNED_MAX));
        running = new Running(
                context,
                fence,
                punctuations,
                new BatchHandler(environment, context, stores, output),
                new CommandHandler(environment, context, stores, output));
    }

    @Override
    public void process(Record<byte[], byte[]> record) {
        Running now = Objects.requireNonNull(running);
        now.fence.begin();
        String topic = now.context.recordMetadata().orElseThrow().topic();
        if (topic.equals(TopicCatalogue.MUTATIONS)) now.batches.handle(record);
        else now.commands.handle(record);
    }

    @Override
    public void close() {
        if (running != null) running.punctuations.close();
        running = null;
    }
}
