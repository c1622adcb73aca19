package dev.tidemark.backbone.push;

import dev.tidemark.model.MutationBatch;
import dev.tidemark.topology.BatchAnswer;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches and gives the outcomes once they are committed (L6). Nobody polls: Materialize brings each answer to whoever
 * waits for it in this process. Thread-safe.
 */
public final class Pushes {
    private final Outbox outbox;
    private final Waiting<BatchAnswer> waiting;

    public Pushes(Outbox outbox, Waiting<BatchAnswer> waiting) {
        this.outbox = outbox;
        this.waiting = waiting;
    }

    /**
     * One batch on its way.
     *
     * @param received the broker has it
     * @param answered its outcomes
     */
    public record InFlight(
            MutationBatch batch, CompletableFuture<Void> received, CompletableFuture<BatchAnswer> answered) {}

    /** @throws Waiting.TooMany if as many wait as may */
    public InFlight send(MutationBatch batch, @Nullable String traceparent) {
        Waiting.Ticket<BatchAnswer> ticket = waiting.begin();
        CompletableFuture<Void> received = outbox.send(batch, ticket.id(), traceparent);
        received.whenComplete((sent, error) -> {
            if (error != null) ticket.answer().completeExceptionally(error);
        });
        return new InFlight(batch, received, ticket.answer());
    }
}
