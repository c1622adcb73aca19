package dev.tidemark.topology.processor;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.LifecycleEvent;
import dev.tidemark.topic.Headers;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.wire.WireCodec;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** Writes what Admit decided to its topics, in the running transaction. */
final class LogOutput {
    private final ProcessorContext<byte[], byte[]> context;
    private final WireCodec codec;
    private final Fence fence;

    LogOutput(ProcessorContext<byte[], byte[]> context, WireCodec codec, Fence fence) {
        this.context = context;
        this.codec = codec;
        this.fence = fence;
    }

    /** @param traceparent header of what caused them; null: none */
    void changes(List<EntityChange> changes, long timestampMs, @Nullable Header traceparent) {
        for (EntityChange change : changes) {
            RecordHeaders headers = new RecordHeaders();
            headers.add(Headers.META, codec.encodeMeta(change.meta()));
            if (traceparent != null) headers.add(traceparent);
            byte[] key = utf8(EntityPath.of(change.id()));
            context.forward(new Record<>(key, codec.encodeChange(change), timestampMs, headers), Names.LOG_SINK);
        }
        if (changes.isEmpty()) return;
        EntityChange last = changes.get(changes.size() - 1);
        fence.wrote(new Cluster.LastRecord(
                last.id().project(), last.meta().ordinal(), last.meta().digest()));
    }

    void outcome(BatchOutcome outcome, long timestampMs) {
        byte[] key = utf8(outcome.replica().project());
        context.forward(new Record<>(key, codec.encodeOutcome(outcome), timestampMs), Names.OUTCOMES_SINK);
    }

    void state(ControlState state, long timestampMs) {
        context.forward(new Record<>(utf8(state.key()), codec.encodeState(state), timestampMs), Names.CONTROL_SINK);
    }

    void event(LifecycleEvent event, long timestampMs) {
        context.forward(new Record<>(utf8(event.project()), codec.encodeEvent(event), timestampMs), Names.EVENTS_SINK);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
