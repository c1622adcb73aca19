package dev.tidemark.topology.query;

import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntPredicate;

/**
 * Partitions whose state may be shown. After a restart, a failover or a lost session Materialize stands at its last commit,
 * behind what was shown before; until it has read on, heads and unified cursors would go back (L4, L6). Thread-safe.
 */
public final class ServedPartitions {
    private final Set<Integer> behind = ConcurrentHashMap.newKeySet();
    private final Set<Integer> served = ConcurrentHashMap.newKeySet();
    private final IntPredicate lease;

    /** @param lease whether the group has confirmed lately that a partition is this instance's */
    public ServedPartitions(IntPredicate lease) {
        this.lease = lease;
    }

    public void taken(int partition) {
        served.remove(partition);
        behind.add(partition);
    }

    public void caughtUp(int partition) {
        served.add(partition);
        behind.remove(partition);
    }

    public void left(int partition) {
        served.remove(partition);
        behind.remove(partition);
    }

    public boolean isServed(int partition) {
        return served.contains(partition) && lease.test(partition);
    }

    /** Partitions that are served, in order. */
    public List<Integer> now() {
        return served.stream().filter(lease::test).sorted().toList();
    }

    /** Whether every partition that is here is served. */
    public boolean isCaughtUp() {
        return behind.isEmpty() && served.stream().allMatch(lease::test);
    }
}
