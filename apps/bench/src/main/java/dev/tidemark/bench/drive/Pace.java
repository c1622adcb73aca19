package dev.tidemark.bench.drive;

import java.time.Duration;

/**
 * When requests are to be sent. Each has an intended time that does not depend on the answers to others, and its latency counts
 * from there: a server that is stuck is charged with every request that it made wait, also with those not sent.
 *
 * @param perSecond {@link #AS_ANSWERED}: each is intended when it is sent
 */
public record Pace(double perSecond, Duration warm, Duration measured) {
    /** Each as soon as a connection is free. */
    public static final double AS_ANSWERED = 0;

    public boolean isOpen() {
        return perSecond > AS_ANSWERED;
    }

    /** Of the request with that number, from 0; only of an open pace. */
    public long intendedNs(long startNs, long number) {
        return startNs + Math.round(number * 1e9 / perSecond);
    }

    public long endNs(long startNs) {
        return clockNs(startNs) + measured.toNanos();
    }

    /** When the warm-up is over. */
    public long clockNs(long startNs) {
        return startNs + warm.toNanos();
    }
}
