package dev.tidemark.bench.chaos.cluster;

import java.time.Duration;

/**
 * One strike at one time.
 *
 * @param after how long all has been well
 * @param victim number from which the victim is taken, modulo how many there are
 * @param down how long until it is started again
 */
public record Fault(Strike strike, Duration after, int victim, Duration down) {}
