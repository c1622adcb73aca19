package dev.tidemark.backbone.gateway;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Wakes readers that wait for a project to go on. Thread-safe; the stream threads only hand over. */
public final class Signals {
    private final Map<String, List<CompletableFuture<Void>>> byProject = new ConcurrentHashMap<>();
    private final Executor executor;

    /** @param executor runs what the readers do when they wake */
    public Signals(Executor executor) {
        this.executor = executor;
    }

    /** Completes at the project's next record, or past the bound. Ask for it first, then look, then wait. */
    CompletableFuture<Void> next(String project, Duration bound) {
        CompletableFuture<Void> waiting = new CompletableFuture<>();
        byProject.compute(project, (name, all) -> {
            List<CompletableFuture<Void>> list = all == null ? new ArrayList<>() : all;
            list.add(waiting);
            return list;
        });
        CompletableFuture<Void> bounded = waiting.completeOnTimeout(null, bound.toMillis(), TimeUnit.MILLISECONDS);
        return bounded.whenComplete((done, error) -> forget(project, waiting));
    }

    /** A record of the project can be read. */
    public void advanced(String project) {
        if (!byProject.containsKey(project)) return;
        List<CompletableFuture<Void>> waiting = byProject.remove(project);
        if (waiting == null) return;
        List<CompletableFuture<Void>> copy = List.copyOf(waiting);
        executor.execute(() -> copy.forEach(each -> each.complete(null)));
    }

    private void forget(String project, CompletableFuture<Void> waiting) {
        byProject.computeIfPresent(project, (name, all) -> {
            all.remove(waiting);
            return all.isEmpty() ? null : all;
        });
    }
}
