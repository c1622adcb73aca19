package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.simulation.Failure;
import dev.tidemark.testkit.simulation.Seeds;
import dev.tidemark.testkit.simulation.ground.Simplification;
import org.junit.jupiter.api.Test;

/** The seeded simulation. One seed again, with all that happens in it: {@code -Dseed=17}; more of them: {@code -Dseeds=10000}. */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 1_000);

    @Test
    void everyInvariantHoldsInEverySeed() {
        Long only = Long.getLong("seed");
        Seeds seeds = new Seeds(Simplification.NONE);
        if (only != null) seeds.traced(only).forEach(System.out::println);
        long from = only == null ? 1 : only;
        long startMs = System.currentTimeMillis();
        String failure = seeds.firstFailure(from, only == null ? from + SEEDS : from + 1)
                .map(Failure::report)
                .orElse("none");
        System.out.println(seeds.tally() + " in " + (System.currentTimeMillis() - startMs) + " ms");
        assertThat(failure).isEqualTo("none");
    }
}
