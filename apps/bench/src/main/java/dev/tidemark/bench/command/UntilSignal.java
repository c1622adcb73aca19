package dev.tidemark.bench.command;

import dev.tidemark.cli.CommandFailure;
import java.util.concurrent.CountDownLatch;

/** The life of a server that the bench starts for itself: it ends by a signal, or with whoever started it. */
final class UntilSignal implements AutoCloseable {
    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);

    UntilSignal() {
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            asked.countDown();
            await(closed);
        }));
        ProcessHandle.current()
                .parent()
                .ifPresent(parent -> parent.onExit()
                        .whenComplete((gone, error) -> Runtime.getRuntime().halt(1)));
    }

    void await() {
        await(asked);
    }

    /** What was to be closed is. */
    @Override
    public void close() {
        closed.countDown();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }
}
