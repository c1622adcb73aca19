package dev.tidemark.backbone.gateway;

import dev.tidemark.backbone.push.Outbox;
import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.TargetEvent;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

/** Keeps what is sent; whatever is to happen then is given by the test. */
final class FakeOutbox implements Outbox {
    interface OnBatch {
        void sent(MutationBatch batch, String requestId);
    }

    interface OnCommand {
        void sent(ControlCommand command);
    }

    interface OnTarget {
        void sent(TargetEvent event);
    }

    final List<MutationBatch> batches = new CopyOnWriteArrayList<>();
    final List<String> traceparents = new CopyOnWriteArrayList<>();
    final List<ControlCommand> commands = new CopyOnWriteArrayList<>();
    final List<TargetEvent> events = new CopyOnWriteArrayList<>();
    volatile OnBatch onBatch = (batch, requestId) -> {};
    volatile OnCommand onCommand = command -> {};
    volatile OnTarget onTarget = event -> {};
    volatile RuntimeException failure;

    @Override
    public CompletableFuture<Void> send(MutationBatch batch, String requestId, String traceparent) {
        if (failure != null) return CompletableFuture.failedFuture(failure);
        batches.add(batch);
        traceparents.add(String.valueOf(traceparent));
        onBatch.sent(batch, requestId);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> send(TargetEvent event) {
        events.add(event);
        onTarget.sent(event);
        return CompletableFuture.completedFuture(null);
    }

    @Override
    public CompletableFuture<Void> send(ControlCommand command) {
        commands.add(command);
        onCommand.sent(command);
        return CompletableFuture.completedFuture(null);
    }
}
