package dev.tidemark.backbone.push;

import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.TargetEvent;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Where requests leave for Kafka. What is sent of one project in order arrives in order. Each future completes once the broker has
 * it, on the producer's one thread: whoever waits for it goes on on another.
 */
public interface Outbox {
    CompletableFuture<Void> send(MutationBatch batch, String requestId, @Nullable String traceparent);

    CompletableFuture<Void> send(TargetEvent event);

    CompletableFuture<Void> send(ControlCommand command);
}
