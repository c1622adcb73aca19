package dev.tidemark.backbone.push;

import dev.tidemark.algebra.Targets;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.model.TargetKind;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sends what is wished of targets and gives what was decided. Thread-safe. */
public final class TargetEvents {
    private final Outbox outbox;
    private final Waiting<Targets.Decision> waiting;

    public TargetEvents(Outbox outbox, Waiting<Targets.Decision> waiting) {
        this.outbox = outbox;
        this.waiting = waiting;
    }

    /** Makes the target if it is not there. */
    public CompletableFuture<Targets.Decision> ensure(
            String project, String target, @Nullable String incarnation, List<String> filter) {
        return create(project, target, null, incarnation, filter);
    }

    /** @param kind null: what it is, or what the name stands for */
    public CompletableFuture<Targets.Decision> create(
            String project,
            String target,
            @Nullable TargetKind kind,
            @Nullable String incarnation,
            List<String> filter) {
        return send(
                project,
                id -> new TargetEvent(
                        project, target, TargetEvent.Kind.CREATE, id, kind, incarnation, filter, null, null, null));
    }

    /**
     * What an acknowledgement says.
     *
     * @param incarnation of the copy; null: not said
     * @param from token of the cursor it moves on from; null: not checked
     * @param generation it was read in; null: not checked
     */
    public record Ack(
            String cursor,
            @Nullable String incarnation,
            @Nullable String from,
            @Nullable Long generation) {}

    public CompletableFuture<Targets.Decision> ack(String project, String target, Ack ack) {
        return send(
                project,
                id -> new TargetEvent(
                        project,
                        target,
                        TargetEvent.Kind.ACK,
                        id,
                        null,
                        ack.incarnation(),
                        List.of(),
                        ack.cursor(),
                        ack.from(),
                        ack.generation()));
    }

    /** @param cursor token, {@code earliest} or {@code head} */
    public CompletableFuture<Targets.Decision> reset(String project, String target, String cursor) {
        return send(
                project,
                id -> new TargetEvent(
                        project, target, TargetEvent.Kind.RESET, id, null, null, List.of(), cursor, null, null));
    }

    public CompletableFuture<Targets.Decision> delete(String project, String target) {
        return send(
                project,
                id -> new TargetEvent(
                        project, target, TargetEvent.Kind.DELETE, id, null, null, List.of(), null, null, null));
    }

    private CompletableFuture<Targets.Decision> send(String project, Function<String, TargetEvent> event) {
        Waiting.Ticket<Targets.Decision> ticket = waiting.begin(project);
        outbox.send(event.apply(ticket.id())).whenComplete((sent, error) -> {
            if (error != null) waiting.fail(ticket.id(), error);
        });
        return ticket.answer();
    }
}
