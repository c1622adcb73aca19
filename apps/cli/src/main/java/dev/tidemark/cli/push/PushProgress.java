package dev.tidemark.cli.push;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.Surroundings.ErrKind;
import java.util.Locale;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Says on stderr how far a push is: a bar for a person, else a plain line every two seconds. */
final class PushProgress {
    private static final long PLAIN_EVERY_NANOS = 2_000_000_000L;
    private static final int BAR_CELLS = 30;
    private static final String CLEAR = "\r\033[K";

    private final Surroundings surroundings;
    private final PushTally tally;
    private final DoubleSupplier fractionRead;
    private final LongSupplier nanoClock;
    private final long startNanos;
    private long lastPlainNanos;

    /** @param fractionRead of the source, 0 to 1; negative where its length is not known */
    PushProgress(Surroundings surroundings, PushTally tally, DoubleSupplier fractionRead, LongSupplier nanoClock) {
        this.surroundings = surroundings;
        this.tally = tally;
        this.fractionRead = fractionRead;
        this.nanoClock = nanoClock;
        this.startNanos = nanoClock.getAsLong();
        this.lastPlainNanos = startNanos;
    }

    void update() {
        long now = nanoClock.getAsLong();
        if (isTerminal()) {
            surroundings.err().print(CLEAR + bar() + counts(now));
            surroundings.err().flush();
        } else if (now - lastPlainNanos >= PLAIN_EVERY_NANOS) {
            lastPlainNanos = now;
            surroundings.err().println("pushed " + counts(now));
        }
    }

    void notice(String text) {
        surroundings.err().println((isTerminal() ? CLEAR : "") + text);
    }

    /** Takes the bar away. */
    void done() {
        if (!isTerminal()) return;
        surroundings.err().print(CLEAR);
        surroundings.err().flush();
    }

    private boolean isTerminal() {
        return surroundings.errKind() == ErrKind.TERMINAL;
    }

    private String bar() {
        double fraction = fractionRead.getAsDouble();
        if (fraction < 0) return "";
        int full = (int) Math.round(Math.min(1, fraction) * BAR_CELLS);
        return String.format(
                Locale.ROOT, "[%s%s] %3.0f %%  ", "#".repeat(full), ".".repeat(BAR_CELLS - full), fraction * 100);
    }

    private String counts(long now) {
        double seconds = Math.max(1e-3, (now - startNanos) / 1e9);
        return String.format(Locale.ROOT, "%,d mutations, %,.0f/s", tally.decided(), tally.decided() / seconds);
    }
}
