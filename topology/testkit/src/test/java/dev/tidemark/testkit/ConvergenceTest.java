package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.simulation.AlgebraServer;
import dev.tidemark.testkit.simulation.ReferenceServer;
import dev.tidemark.testkit.simulation.SimulatedServer;
import dev.tidemark.testkit.simulation.Simulation;
import dev.tidemark.testkit.simulation.Tally;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

/** The seeded simulation. One seed again: {@code -Dseed=17}; more of them: {@code -Dseeds=20000}. */
class ConvergenceTest {
    private static final int SEEDS = Integer.getInteger("seeds", 500);

    @Test
    void replicasOfTheAlgebraConverge() {
        Tally tally = runSeeds(random -> new AlgebraServer(Simulation.PROJECT, random), SEEDS);
        if (Long.getLong("seed") != null) return;
        assertThat(tally.of("advance USED")).isPositive();
        assertThat(tally.of("late answer")).isPositive();
        assertThat(tally.of("page dropped")).isPositive();
        assertThat(tally.of("expired")).isPositive();
        assertThat(tally.of("crash")).isPositive();
    }

    @Test
    void replicasOfTheReferenceModelConverge() {
        runSeeds(random -> new ReferenceServer(ReferenceModel.Settings.of(Simulation.PROJECT), random), SEEDS / 10);
    }

    private static Tally runSeeds(Function<Random, SimulatedServer> server, int seeds) {
        Tally tally = new Tally();
        Long only = Long.getLong("seed");
        long from = only == null ? 0 : only;
        for (long seed = from; seed < (only == null ? seeds : from + 1); seed++) tally.add(run(seed, server));
        System.out.println(tally);
        return tally;
    }

    private static Tally run(long seed, Function<Random, SimulatedServer> server) {
        try {
            Random random = new Random(seed);
            return new Simulation(Simulation.Settings.SMALL, random, server.apply(random)).run();
        } catch (AssertionError | RuntimeException e) {
            throw new AssertionError("seed " + seed + ", run again with -Dseed=" + seed + ": " + e.getMessage(), e);
        }
    }
}
