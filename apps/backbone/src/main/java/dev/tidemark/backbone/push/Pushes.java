package dev.tidemark.backbone.push;

import dev.tidemark.model.MutationBatch;
import dev.tidemark.topology.BatchAnswer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends batches and gives the outcomes once they are committed (L6). Nobody polls: Materialize brings each answer to whoever
 * waits for it in this process. Thread-safe.
 */
public final class Pushes {
    private final Outbox outbox;
    private final Waiting<BatchAnswer> waiting;
    private final Executor answering;
    private final Consumer<Duration> visible;

    /** @param visible told how long each batch took until every record of it was served */
    public Pushes(Outbox outbox, Waiting<BatchAnswer> waiting, Executor answering, Consumer<Duration> visible) {
        this.outbox = outbox;
        this.waiting = waiting;
        this.answering = answering;
        this.visible = visible;
    }

    /**
     * One batch on its way. Holds nothing of the batch itself: many are on their way at once.
     *
     * @param received the broker has it
     * @param answered its outcomes
     */
    public record InFlight(CompletableFuture<Void> received, CompletableFuture<BatchAnswer> answered) {}

    /** @throws Waiting.TooMany if as many wait as may */
    public InFlight send(MutationBatch batch, @Nullable String traceparent) {
        Waiting.Ticket<BatchAnswer> ticket = waiting.begin(batch.replica().project());
        long beganNs = System.nanoTime();
        CompletableFuture<Void> sent = outbox.send(batch, ticket.id(), traceparent);
        CompletableFuture<Void> received = sent.whenCompleteAsync((done, error) -> {}, answering);
        sent.whenComplete((done, error) -> {
            if (error != null) waiting.fail(ticket.id(), error);
        });
        CompletableFuture<BatchAnswer> answered = ticket.answer().whenComplete((answer, error) -> {
            if (error == null) visible.accept(Duration.ofNanos(System.nanoTime() - beganNs));
        });
        return new InFlight(received, answered);
    }
}
