package dev.tidemark.testkit.simulation.ground;

/** Time in the cluster. It stands still unless a step moves it. */
public final class Clock {
    private static final long START_MS = 1_800_000_000_000L;

    private long nowMs = START_MS;

    /** Milliseconds since 1970. */
    public long nowMs() {
        return nowMs;
    }

    public void advance(long ms) {
        nowMs += ms;
    }
}
