package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.simulation.Failure;
import dev.tidemark.testkit.simulation.Seeds;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.ground.Tally;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * The seeded simulation: every invariant in every seed. One seed again, with all that happens in it: {@code -Dseed=17}; more of
 * them: {@code -Dseeds=10000}.
 */
class SimulationTest {
    private static final int SEEDS = Integer.getInteger("seeds", 1_000);
    /** From so many seeds on, everything that may happen does. */
    private static final int ENOUGH = 500;

    private static final List<String> MUST_HAPPEN = List.of(
            "lost",
            "arrives, and again later",
            "offline",
            "late answer",
            "push cut",
            "push cut and broken off",
            "refused OUT_OF_ORDER",
            "advance USED",
            "advance IGNORED",
            "page with more",
            "page dropped",
            "ack Refused",
            "reset Stored",
            "replica crash",
            "clone found",
            "restored",
            "full read",
            "admit crash in a transaction",
            "materialize crash",
            "compacted",
            "accepted at an unknown seq",
            "purged",
            "pruned",
            "expired",
            "reader expired",
            "reader's ack refused",
            "raw reader starts again",
            "project deleted",
            "refused PROJECT_DELETING");

    @Test
    void everyInvariantHoldsInEverySeed() {
        Long only = Long.getLong("seed");
        if (only == null) runAll();
        else replay(only);
    }

    @Test
    void aSeedGivesTheSameRunAgain() {
        Seeds seeds = new Seeds(Simplification.NONE);
        assertThat(seeds.traced(17)).isEqualTo(seeds.traced(17)).hasSizeGreaterThan(Seeds.STEPS);
    }

    private static void runAll() {
        Seeds seeds = new Seeds(Simplification.NONE);
        long startMs = System.currentTimeMillis();
        String failure = seeds.firstFailure(1, SEEDS + 1L).map(Failure::report).orElse("none");
        System.out.println(SEEDS + " seeds in " + (System.currentTimeMillis() - startMs) + " ms: " + seeds.tally());
        assertThat(failure).isEqualTo("none");
        if (SEEDS >= ENOUGH) assertThat(MUST_HAPPEN).allMatch(what -> happened(what, seeds.tally()));
    }

    private static boolean happened(String what, Tally tally) {
        return tally.of(what) > 0;
    }

    private static void replay(long seed) {
        Seeds seeds = new Seeds(Simplification.NONE);
        seeds.traced(seed).forEach(System.out::println);
        String failure = seeds.firstFailure(seed, seed + 1).map(Failure::report).orElse("none");
        assertThat(failure).isEqualTo("none");
    }
}
