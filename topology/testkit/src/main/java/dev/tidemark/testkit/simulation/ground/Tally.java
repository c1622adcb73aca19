package dev.tidemark.testkit.simulation.ground;

import java.util.Map;
import java.util.TreeMap;

/** How often each thing happened, so that a simulation can show that it tried it. */
public final class Tally {
    private final Map<String, Integer> counts = new TreeMap<>();

    public void count(String what) {
        counts.merge(what, 1, Integer::sum);
    }

    public synchronized void add(Tally other) {
        other.counts.forEach((what, times) -> counts.merge(what, times, Integer::sum));
    }

    public int of(String what) {
        return counts.getOrDefault(what, 0);
    }

    @Override
    public String toString() {
        return counts.toString();
    }
}
