package dev.tidemark.bench.chaos.cluster;

import java.time.Duration;
import java.util.List;
import java.util.SplittableRandom;

/** Faults without end: the same seed, the same faults. */
public final class Faults {
    private static final int AFTER_MS_LEAST = 500;
    private static final int AFTER_MS_MAX = 6_000;
    private static final int DOWN_MS_MAX = 4_000;
    /** Half of them at once: what comes back within its session is another case than what comes back later. */
    private static final double AT_ONCE = 0.5;

    private final SplittableRandom random;
    private final List<Strike> strikes;
    private int made;

    /** @param strikes that the servers know; each comes first before any comes again */
    public Faults(long seed, List<Strike> strikes) {
        this.random = new SplittableRandom(seed);
        this.strikes = List.copyOf(strikes);
    }

    public Fault next() {
        Strike strike = made < strikes.size() ? strikes.get(made) : strikes.get(random.nextInt(strikes.size()));
        made++;
        int afterMs = random.nextInt(AFTER_MS_LEAST, AFTER_MS_MAX);
        int victim = random.nextInt(1 << 16);
        int downMs = random.nextDouble() < AT_ONCE ? 0 : random.nextInt(DOWN_MS_MAX);
        return new Fault(strike, Duration.ofMillis(afterMs), victim, Duration.ofMillis(downMs));
    }
}
