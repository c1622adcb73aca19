package dev.tidemark.bench.chaos.load;

import java.util.concurrent.atomic.AtomicBoolean;

/** Asks all of a kind to come to their end. */
final class Stop {
    private final AtomicBoolean asked = new AtomicBoolean();

    void ask() {
        asked.set(true);
    }

    boolean isAsked() {
        return asked.get();
    }
}
