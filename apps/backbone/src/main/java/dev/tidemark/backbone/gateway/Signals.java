package dev.tidemark.backbone.gateway;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Wakes readers that wait for a project to go on. Thread-safe. Invariants: a reader that asks first and looks then misses nothing;
 * every wait ends, by a record, by its bound, or because it was given up; each reader goes on in a task of its own on the
 * answering threads, so that none holds up another, a stream thread, or the one that all timeouts share.
 */
public final class Signals {
    /** Readers waiting at once; beyond, they are asked to come again. */
    static final int WAITS_MAX = 20_000;

    private static final int RETRY_SECONDS = 1;

    private final Map<String, Set<CompletableFuture<Void>>> byProject = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Executor answering;
    private volatile boolean closed;

    /** @param answering runs what the readers do when they wake */
    public Signals(Executor answering) {
        this.answering = answering;
    }

    /** One reader that waits. */
    final class Wait implements AutoCloseable {
        private final CompletableFuture<Void> signal = new CompletableFuture<>();

        /** Runs it at the project's next record or past the bound. */
        void then(Runnable next) {
            signal.thenRunAsync(next, answering);
        }

        /** Gives the wait up. */
        @Override
        public void close() {
            signal.complete(null);
        }
    }

    /**
     * Begins to wait for the project's next record. Begin first, then look, then wait or close.
     *
     * @throws Problem if as many wait as may, or nobody may any more
     */
    Wait begin(String project, Duration bound) {
        if (closed) throw Problem.retry(503, "not_served", "the server stops; trying again is safe", RETRY_SECONDS);
        if (open.incrementAndGet() > WAITS_MAX) {
            open.decrementAndGet();
            throw Problem.retry(
                    429, "too_many_requests", "at most " + WAITS_MAX + " readers wait at once", RETRY_SECONDS);
        }
        Wait wait = new Wait();
        byProject.compute(project, (name, all) -> with(all, wait.signal));
        wait.signal
                .completeOnTimeout(null, bound.toMillis(), TimeUnit.MILLISECONDS)
                .thenRun(() -> forget(project, wait.signal));
        return wait;
    }

    /** A record of the project can be read. Called by stream threads: only hands over. */
    public void advanced(String project) {
        if (!byProject.containsKey(project)) return;
        Set<CompletableFuture<Void>> waiting = byProject.remove(project);
        if (waiting == null) return;
        List<CompletableFuture<Void>> woken = List.copyOf(waiting);
        answering.execute(() -> woken.forEach(signal -> signal.complete(null)));
    }

    /** Wakes everybody; who would wait again is refused. */
    void close() {
        closed = true;
        for (String project : byProject.keySet()) advanced(project);
    }

    /** Readers that wait now. */
    public int waiting() {
        return open.get();
    }

    private static Set<CompletableFuture<Void>> with(
            @Nullable Set<CompletableFuture<Void>> all, CompletableFuture<Void> one) {
        Set<CompletableFuture<Void>> set = all == null ? new HashSet<>() : all;
        set.add(one);
        return set;
    }

    private void forget(String project, CompletableFuture<Void> signal) {
        open.decrementAndGet();
        byProject.computeIfPresent(project, (name, all) -> {
            all.remove(signal);
            return all.isEmpty() ? null : all;
        });
    }
}
