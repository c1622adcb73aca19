package dev.tidemark.backbone.push;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** Requests of this process whose answer a stream thread will bring, by request id. Bounded in number and in time. */
public final class Waiting<T> {
    private final Map<String, CompletableFuture<T>> byId = new ConcurrentHashMap<>();
    private final int max;
    private final Duration bound;

    public Waiting(int max, Duration bound) {
        this.max = max;
        this.bound = bound;
    }

    /** One that waits. The answer ends with a {@code TimeoutException} past the bound. */
    public record Ticket<T>(String id, CompletableFuture<T> answer) {}

    /** @throws TooMany if as many wait as may */
    public Ticket<T> begin() {
        if (byId.size() >= max) throw new TooMany();
        String id = UUID.randomUUID().toString();
        CompletableFuture<T> answer = new CompletableFuture<>();
        byId.put(id, answer);
        answer.orTimeout(bound.toMillis(), TimeUnit.MILLISECONDS).whenComplete((value, error) -> byId.remove(id));
        return new Ticket<>(id, answer);
    }

    /** Nobody waits for it: nothing happens. */
    public void answer(String id, T value) {
        CompletableFuture<T> waiting = byId.get(id);
        if (waiting != null) waiting.complete(value);
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
