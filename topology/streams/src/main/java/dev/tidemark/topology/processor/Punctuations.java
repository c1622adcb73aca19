package dev.tidemark.topology.processor;

import dev.tidemark.topology.fence.Fence;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.Cancellable;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.Punctuator;
import org.apache.kafka.streams.processor.api.ProcessorContext;

/**
 * What a processor does by the clock from init to close. Kafka Streams closes a task that is suspended or corrupted, begins it
 * again with the same processor, and keeps its punctuations: whoever does not cancel them lets one life write what it remembers
 * over what another life knows.
 */
final class Punctuations implements AutoCloseable {
    private static final Duration WATCH = Duration.ofSeconds(30);

    private final ProcessorContext<byte[], byte[]> context;
    private final Fence fence;
    private final List<Cancellable> scheduled = new ArrayList<>();

    /** Watches the fence from now on. */
    Punctuations(ProcessorContext<byte[], byte[]> context, Fence fence) {
        this.context = context;
        this.fence = fence;
        every(WATCH, now -> fence.watch());
    }

    /** A punctuation commits positions, so what the fence looks for is committed with them. */
    void every(Duration interval, Punctuator work) {
        Punctuator fenced = now -> {
            fence.begin();
            work.punctuate(now);
        };
        scheduled.add(context.schedule(interval, PunctuationType.WALL_CLOCK_TIME, fenced));
    }

    @Override
    public void close() {
        scheduled.forEach(Cancellable::cancel);
    }
}
