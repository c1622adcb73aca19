package dev.tidemark.backbone.gateway;

import dev.tidemark.model.Cursor;
import dev.tidemark.topology.query.ChangeReader;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** {@code at_least=CURSOR}: a read waits until that position is served, else 503. */
final class AtLeast {
    private static final Duration BOUND = Duration.ofSeconds(5);

    private AtLeast() {}

    static void await(Services services, String project, String token) {
        Cursor wanted = ChangeReader.decode(token);
        if (!wanted.project().equals(project))
            throw Problem.of(400, "cursor_invalid", "at_least is a cursor of another project");
        long deadlineNs = System.nanoTime() + BOUND.toNanos();
        while (true) {
            var next = services.signals().next(project, BOUND);
            try {
                boolean isServed = !wanted.seq()
                        .isAfter(services.reader().headOrEmpty(project).seq());
                long leftNs = deadlineNs - System.nanoTime();
                if (isServed) return;
                if (leftNs <= 0) throw notYet();
                next.get(leftNs, TimeUnit.NANOSECONDS);
            } catch (TimeoutException | ExecutionException e) {
                throw notYet();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw notYet();
            } finally {
                next.complete(null);
            }
        }
    }

    private static Problem notYet() {
        return Problem.retry(503, "not_served", "the position at_least is not served yet; trying again is safe", 1);
    }
}
