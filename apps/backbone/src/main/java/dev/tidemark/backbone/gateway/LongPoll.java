package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.PageRules;
import dev.tidemark.topology.store.ChangeRow;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** One page, waited for while there is nothing to show in it, as long as its reader has patience. No thread waits with it. */
final class LongPoll {
    private final Services services;
    private final long bytesMax;
    private final long deadlineNs;
    private final CompletableFuture<PageRules.Page<ChangeRow>> result = new CompletableFuture<>();
    private Wish wish;

    private LongPoll(Services services, Wish wish, long bytesMax) {
        this.services = services;
        this.wish = wish;
        this.bytesMax = bytesMax;
        this.deadlineNs = System.nanoTime() + wish.patience().toNanos();
    }

    /** Ends with the page, or with what a read of it throws. */
    static CompletableFuture<PageRules.Page<ChangeRow>> page(Services services, Wish wish, long bytesMax) {
        LongPoll poll = new LongPoll(services, wish, bytesMax);
        poll.look();
        return poll.result;
    }

    private void look() {
        try {
            long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) result.complete(wish.read(services.changes(), bytesMax));
            else lookOrWait(Duration.ofNanos(leftNs));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private void lookOrWait(Duration left) {
        Signals.Wait wait = services.signals().begin(wish.project(), left);
        boolean waits = false;
        try {
            PageRules.Page<ChangeRow> page = wish.read(services.changes(), bytesMax);
            wish = wish.after(page);
            waits = page.rows().isEmpty() && !page.hasMore();
            if (waits) wait.then(this::look);
            else result.complete(page);
        } finally {
            if (!waits) wait.close();
        }
    }
}
