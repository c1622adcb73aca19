package dev.tidemark.backbone.gateway;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Head;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** {@code at_least=CURSOR}: a read waits until that position is served, else 503. No thread waits with it. */
final class AtLeast {
    static final String PARAMETER = "at_least";

    private static final Duration BOUND = Duration.ofSeconds(5);

    private final Services services;
    private final Cursor wanted;
    private final long deadlineNs = System.nanoTime() + BOUND.toNanos();
    private final CompletableFuture<Void> result = new CompletableFuture<>();

    private AtLeast(Services services, Cursor wanted) {
        this.services = services;
        this.wanted = wanted;
    }

    /**
     * Ends when the position is served, or with why it is not.
     *
     * @param token null: nothing is waited for
     */
    static CompletableFuture<Void> served(Services services, String project, @Nullable String token) {
        if (token == null) return CompletableFuture.completedFuture(null);
        Cursor wanted = Params.cursor(token);
        if (!wanted.project().equals(project))
            throw Problem.of(400, "cursor_invalid", "at_least is a cursor of another project");
        AtLeast atLeast = new AtLeast(services, wanted);
        atLeast.look();
        return atLeast.result;
    }

    private void look() {
        try {
            long leftNs = deadlineNs - System.nanoTime();
            if (leftNs <= 0) finish();
            else lookOrWait(Duration.ofNanos(leftNs));
        } catch (RuntimeException e) {
            result.completeExceptionally(e);
        }
    }

    private void lookOrWait(Duration left) {
        Signals.Wait wait = services.signals().begin(wanted.project(), left);
        boolean waits = false;
        try {
            waits = !isServed();
            if (waits) wait.then(this::look);
            else result.complete(null);
        } finally {
            if (!waits) wait.close();
        }
    }

    private boolean isServed() {
        Head head = services.reader().headOrEmpty(wanted.project());
        if (!head.epoch().equals(wanted.epoch()))
            throw Problem.of(410, "cursor_expired", "at_least is of another epoch of the log");
        return !wanted.seq().isAfter(head.seq());
    }

    /** Says whether it is late or can never come. */
    private void finish() {
        Cursor unfiltered =
                new Cursor(wanted.project(), wanted.epoch(), wanted.seq(), wanted.ordinal(), true, CloudSeq.NONE, 0);
        if (!isServed()) services.changes().check(wanted.project(), unfiltered, List.of());
        result.complete(null);
    }
}
