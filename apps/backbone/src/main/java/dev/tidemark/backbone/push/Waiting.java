package dev.tidemark.backbone.push;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Requests of this process whose answer another thread will bring, by request id. Bounded in number and in time. Invariant: who
 * waits goes on on the answering threads, never on a stream thread, the producer's, or the one that all timeouts share.
 */
public final class Waiting<T> {
    private final Map<String, CompletableFuture<T>> byId = new ConcurrentHashMap<>();
    private final int max;
    private final Duration bound;
    private final Executor answering;

    public Waiting(int max, Duration bound, Executor answering) {
        this.max = max;
        this.bound = bound;
        this.answering = answering;
    }

    /** One that waits. The answer ends with a {@code TimeoutException} past the bound. */
    public record Ticket<T>(String id, CompletableFuture<T> answer) {}

    /** @throws TooMany if as many wait as may */
    public Ticket<T> begin() {
        if (byId.size() >= max) throw new TooMany();
        String id = UUID.randomUUID().toString();
        CompletableFuture<T> asked = new CompletableFuture<>();
        byId.put(id, asked);
        asked.orTimeout(bound.toMillis(), TimeUnit.MILLISECONDS).whenComplete((value, error) -> byId.remove(id));
        return new Ticket<>(id, asked.whenCompleteAsync((value, error) -> {}, answering));
    }

    /** Nobody waits for it: nothing happens. */
    public void answer(String id, T value) {
        CompletableFuture<T> asked = byId.get(id);
        if (asked != null) asked.complete(value);
    }

    /** There will be no answer. */
    public void fail(String id, Throwable why) {
        CompletableFuture<T> asked = byId.get(id);
        if (asked != null) asked.completeExceptionally(why);
    }

    public int size() {
        return byId.size();
    }

    /** As many requests wait as may; trying again later is safe. */
    public static final class TooMany extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TooMany() {
            super("too many requests wait for their outcome", null, false, false);
        }
    }
}
