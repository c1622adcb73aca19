package dev.tidemark.cli.command;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.Surroundings.ErrKind;
import java.util.Locale;

/** Says on stderr how many changes were read: in place for a person, else a plain line every two seconds. */
final class ReadProgress {
    private static final long EVERY_NANOS_PLAIN = 2_000_000_000L;
    private static final long EVERY_NANOS_TERMINAL = 200_000_000L;

    private final Surroundings surroundings;
    private long lastNanos = System.nanoTime();

    ReadProgress(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    void read(long changes) {
        boolean terminal = surroundings.errKind() == ErrKind.TERMINAL;
        long now = System.nanoTime();
        if (now - lastNanos < (terminal ? EVERY_NANOS_TERMINAL : EVERY_NANOS_PLAIN)) return;
        lastNanos = now;
        String line = String.format(Locale.ROOT, "read %,d changes", changes);
        if (terminal) surroundings.err().print("\r\033[K" + line + "\r");
        else surroundings.err().println(line);
        surroundings.err().flush();
    }
}
