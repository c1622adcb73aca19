package dev.tidemark.cli.command;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * How long a server runs: until a signal, or until a part of it fails. Invariant: on a signal the process ends only when
 * the owner has closed everything, in its order, or {@link #CLOSING_MAX} is over; when a part has failed,
 * {@link #CLOSING_AFTER_FAILURE_MAX}; where writing on could do harm, at once.
 */
final class Lifetime implements AutoCloseable {
    static final Duration CLOSING_MAX = Duration.ofSeconds(30);
    /** What is left waits in vain for what has failed. */
    static final Duration CLOSING_AFTER_FAILURE_MAX = Duration.ofSeconds(5);

    private static final long LOOK_EVERY_MS = 50;
    /** Shorter than a client of Kafka waits before it tries a refused append again. */
    private static final long LOOK_FOR_DANGER_EVERY_MS = 10;

    private final Surroundings surroundings;
    private final CountDownLatch stopAsked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Thread onSignal = new Thread(this::stop, "stop");

    private Lifetime(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    static Lifetime untilSignal(Surroundings surroundings) {
        Lifetime lifetime = new Lifetime(surroundings);
        Runtime.getRuntime().addShutdownHook(lifetime.onSignal);
        return lifetime;
    }

    boolean isStopping() {
        return stopAsked.getCount() == 0;
    }

    /**
     * Waits until the server is ready, or is asked to stop.
     *
     * @throws CommandFailure if a part fails first
     */
    void awaitReady(BooleanSupplier ready, Supplier<Optional<String>> failure) {
        while (!ready.getAsBoolean() && !stopAskedWithin(LOOK_EVERY_MS)) requireHealthy(failure);
    }

    /** Waits until the server is asked to stop. @throws CommandFailure if a part fails first */
    void awaitStop(Supplier<Optional<String>> failure) {
        while (!stopAskedWithin(LOOK_EVERY_MS)) requireHealthy(failure);
    }

    /** From now on the process ends at once, with nothing closed, where every further write could do harm. */
    void haltOn(Supplier<Optional<String>> danger) {
        Thread watch = new Thread(() -> watch(danger), "danger-watch");
        watch.setDaemon(true);
        watch.setPriority(Thread.MAX_PRIORITY);
        watch.start();
    }

    /** Called when everything is closed, last. */
    @Override
    public void close() {
        closed.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException e) {
            // the process is ending: the hook waits for this close
        }
    }

    private void requireHealthy(Supplier<Optional<String>> failure) {
        failure.get().ifPresent(text -> {
            boundClosing(text);
            throw new CommandFailure(text);
        });
    }

    private void watch(Supplier<Optional<String>> danger) {
        while (!closedWithin(LOOK_FOR_DANGER_EVERY_MS)) danger.get().ifPresent(text -> halt("error: " + text));
    }

    private void boundClosing(String failure) {
        Thread bound =
                new Thread(() -> haltUnlessClosed(CLOSING_AFTER_FAILURE_MAX, "error: " + failure), "closing-bound");
        bound.setDaemon(true);
        bound.start();
    }

    private boolean stopAskedWithin(long ms) {
        try {
            return stopAsked.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    private void stop() {
        stopAsked.countDown();
        haltUnlessClosed(
                CLOSING_MAX,
                "error: not closed after " + CLOSING_MAX.toSeconds()
                        + " s, stopped as it was; nothing is lost, the next start takes longer");
        Runtime.getRuntime().halt(0);
    }

    private void haltUnlessClosed(Duration within, String text) {
        if (!closedWithin(within.toMillis())) halt(text);
    }

    /** An interrupt counts as the end of the time. */
    private boolean closedWithin(long ms) {
        try {
            return closed.await(ms, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void halt(String text) {
        surroundings.err().println(text);
        Runtime.getRuntime().halt(1);
    }
}
