package dev.tidemark.backbone.push;

import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/**
 * Requests of this process whose answer another thread will bring, by request id. Bounded in number and in time. Invariant: who
 * waits goes on on the answering threads, never on a stream thread, the producer's, or the one that all timeouts share.
 */
public final class Waiting<T> {
    private record Asked<T>(String project, CompletableFuture<T> answer) {}

    private final Map<String, Asked<T>> byId = new ConcurrentHashMap<>();
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

    /**
     * @param project that it is about
     * @throws TooMany if as many wait as may
     */
    public Ticket<T> begin(String project) {
        if (byId.size() >= max) throw new TooMany();
        String id = UUID.randomUUID().toString();
        CompletableFuture<T> asked = new CompletableFuture<>();
        byId.put(id, new Asked<>(project, asked));
        asked.orTimeout(bound.toMillis(), TimeUnit.MILLISECONDS).whenComplete((value, error) -> byId.remove(id));
        return new Ticket<>(id, asked.whenCompleteAsync((value, error) -> {}, answering));
    }

    /** Nobody waits for it: nothing happens. */
    public void answer(String id, T value) {
        Asked<T> asked = byId.get(id);
        if (asked != null) asked.answer.complete(value);
    }

    /** There will be no answer. */
    public void fail(String id, Throwable why) {
        Asked<T> asked = byId.get(id);
        if (asked != null) asked.answer.completeExceptionally(why);
    }

    /** There will be no answer in this process for what is about those projects. */
    public void failAll(Predicate<String> projects, Throwable why) {
        for (Asked<T> asked : byId.values()) if (projects.test(asked.project)) asked.answer.completeExceptionally(why);
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
