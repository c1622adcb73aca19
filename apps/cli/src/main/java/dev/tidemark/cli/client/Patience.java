package dev.tidemark.cli.client;

import dev.tidemark.cli.CommandFailure;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/**
 * How long to insist when a request fails for a reason that may pass. Invariants: pauses double from {@link #FIRST} to
 * {@link #LONGEST} and are never shorter than the server asked; the time since the last success is bounded; a server
 * that was never there is not waited for.
 */
public final class Patience {
    static final Duration FIRST = Duration.ofMillis(100);
    static final Duration LONGEST = Duration.ofSeconds(5);

    /** Waits; a test's own returns at once. */
    @FunctionalInterface
    public interface Pause {
        void of(Duration duration) throws InterruptedException;
    }

    private final Duration limit;
    private final Pause pause;
    private final LongSupplier nanoClock;
    private final Consumer<String> notices;

    private boolean everThere;
    private int failures;
    private long failingSinceNanos;

    public Patience(Duration limit, Pause pause, LongSupplier nanoClock, Consumer<String> notices) {
        this.limit = limit;
        this.pause = pause;
        this.nanoClock = nanoClock;
        this.notices = notices;
    }

    /** @param notices told before each pause */
    public static Patience of(Duration limit, Consumer<String> notices) {
        return new Patience(
                limit, duration -> TimeUnit.NANOSECONDS.sleep(duration.toNanos()), System::nanoTime, notices);
    }

    /** For a request that changes nothing, or the same when it is repeated. */
    public <T> T insist(Supplier<T> request) {
        while (true) {
            try {
                T result = request.get();
                succeeded();
                return result;
            } catch (CommandFailure failure) {
                failed(failure);
            }
        }
    }

    public void succeeded() {
        everThere = true;
        failures = 0;
    }

    /** Returns when it is time to try again. @throws CommandFailure if there is no point, or no time left */
    public void failed(CommandFailure failure) {
        if (!mayPass(failure)) throw failure;
        everThere = true;
        if (failures == 0) failingSinceNanos = nanoClock.getAsLong();
        Duration next = nextPause((Passing) failure);
        Duration spent = Duration.ofNanos(nanoClock.getAsLong() - failingSinceNanos);
        if (spent.plus(next).compareTo(limit) > 0) throw givenUp(failure, spent);
        failures++;
        notices.accept(failure.getMessage() + "; trying again in " + shown(next));
        sleep(next);
    }

    private boolean mayPass(CommandFailure failure) {
        if (!(failure instanceof Passing passing) || !passing.isPassing()) return false;
        return everThere || !(failure instanceof NobodyThere);
    }

    private Duration nextPause(Passing failure) {
        long doubled = FIRST.toMillis() << Math.min(failures, 10);
        long bounded = Math.min(doubled, LONGEST.toMillis());
        Duration own = Duration.ofMillis(bounded - ThreadLocalRandom.current().nextLong(bounded / 4 + 1));
        Duration asked = failure.retryAfter().orElse(Duration.ZERO);
        return asked.compareTo(own) > 0 ? asked : own;
    }

    private CommandFailure givenUp(CommandFailure failure, Duration spent) {
        if (limit.isZero()) return failure;
        return new CommandFailure(
                "gave up after " + shown(spent) + " of trying (--retry-for): " + failure.getMessage(), failure);
    }

    private void sleep(Duration next) {
        try {
            pause.of(next);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    private static String shown(Duration duration) {
        return duration.toMillis() < 1_000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
    }
}
