package dev.tidemark.bench.measure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Looks at a process for a while that is to do nothing. */
public final class Watch {
    private static final int LOOKS = 10;

    private Watch() {}

    /** @return footprints in order; the last half of the time, for it first has to calm down */
    public static List<Footprint> idle(long pid, Duration length) {
        List<Footprint> seen = new ArrayList<>();
        long begunNs = System.nanoTime();
        for (int look = LOOKS; look <= 2 * LOOKS; look++) {
            long dueNs = begunNs + length.toNanos() * look / (2 * LOOKS);
            while (System.nanoTime() < dueNs && !Thread.currentThread().isInterrupted())
                LockSupport.parkNanos(dueNs - System.nanoTime());
            seen.add(Footprint.of(pid));
        }
        return seen;
    }
}
