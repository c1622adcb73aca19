package dev.tidemark.bench.place;

import dev.tidemark.cli.CommandFailure;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waits for something, with a bound. */
public final class Until {
    private static final long LOOK_EVERY_NS = Duration.ofMillis(20).toNanos();

    private Until() {}

    /** @throws CommandFailure if it is not met in time */
    public static void met(Duration most, String what, BooleanSupplier condition) {
        long begunNs = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - begunNs > most.toNanos())
                throw new CommandFailure("gave up after " + most.toSeconds() + " s: not yet true that " + what);
            if (Thread.interrupted()) throw new CommandFailure("interrupted while waiting until " + what);
            LockSupport.parkNanos(LOOK_EVERY_NS);
        }
    }
}
