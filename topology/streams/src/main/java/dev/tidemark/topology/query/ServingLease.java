package dev.tidemark.topology.query;

import java.time.Duration;
import java.util.Set;
import java.util.function.LongSupplier;

/**
 * For how long, and for which partitions, this instance may show its state without asking the group again. An instance that was
 * paused or cut off still believes that its tasks are its own; others have gone on since, and what it would show is old (L4, L6).
 * Invariant: nothing is shown later than {@code validity} after the group was last asked. Thread-safe.
 */
public final class ServingLease {
    private record Granted(Set<Integer> partitions, long askedNs) {}

    private final long validityNs;
    private final LongSupplier nanoTime;
    private volatile Granted granted;

    /** @param validity shorter than it takes another instance to notice that this one is gone, and to take over */
    public ServingLease(Duration validity, LongSupplier nanoTime) {
        this.validityNs = validity.toNanos();
        this.nanoTime = nanoTime;
        this.granted = new Granted(Set.of(), nanoTime.getAsLong());
    }

    /**
     * The group says that this instance is a member.
     *
     * @param partitions that are assigned to it
     * @param askedNs when the group was asked, not when it answered
     */
    public void confirmed(Set<Integer> partitions, long askedNs) {
        granted = new Granted(Set.copyOf(partitions), askedNs);
    }

    /** The group says that this instance is no member. */
    public void denied() {
        granted = new Granted(Set.of(), nanoTime.getAsLong());
    }

    public boolean holds(int partition) {
        Granted now = granted;
        return now.partitions.contains(partition) && nanoTime.getAsLong() - now.askedNs < validityNs;
    }
}
