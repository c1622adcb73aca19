package dev.tidemark.bench.chaos;

import dev.tidemark.bench.chaos.cluster.Strike;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** How long each kind of strike kept the servers from taking and serving changes of every project. */
public final class Recoveries {
    private final Map<Strike, Integer> strikes = new EnumMap<>(Strike.class);
    private final Map<Strike, List<Double>> takenOverS = new EnumMap<>(Strike.class);
    private final Map<Strike, List<Double>> restartedS = new EnumMap<>(Strike.class);

    void struck(Strike strike) {
        strikes.merge(strike, 1, Integer::sum);
    }

    /** From the strike until all goes on without what was struck. */
    void takenOver(Strike strike, Duration after) {
        takenOverS.computeIfAbsent(strike, each -> new ArrayList<>()).add(after.toNanos() / 1e9);
    }

    /** From the start of what was killed until all goes on, at every instance. */
    void restarted(Strike strike, Duration after) {
        restartedS.computeIfAbsent(strike, each -> new ArrayList<>()).add(after.toNanos() / 1e9);
    }

    public Map<Strike, Integer> strikes() {
        return Map.copyOf(strikes);
    }

    public List<Double> takenOverS(Strike strike) {
        return List.copyOf(takenOverS.getOrDefault(strike, List.of()));
    }

    public List<Double> restartedS(Strike strike) {
        return List.copyOf(restartedS.getOrDefault(strike, List.of()));
    }
}
