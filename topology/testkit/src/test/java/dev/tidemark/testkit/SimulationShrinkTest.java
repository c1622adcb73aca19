package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.simulation.Failure;
import dev.tidemark.testkit.simulation.Schedule;
import dev.tidemark.testkit.simulation.Seeds;
import dev.tidemark.testkit.simulation.Simulation;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.watch.Violation;
import org.junit.jupiter.api.Test;

/** What a failing seed is told with. */
class SimulationShrinkTest {
    private static final int STEPS_MAX = 30;

    private final Failure failure =
            new Seeds(Simplification.UNIFIED_IS_MAX_OWN).firstFailure(1, 50).orElseThrow();

    @Test
    void leavesOutWhatAFailureDoesNotNeed() {
        Schedule shrunk = failure.shrunk();
        assertThat(shrunk.steps())
                .hasSizeLessThan(STEPS_MAX)
                .isSubsetOf(failure.schedule().steps());
        assertThat(invariantBrokenBy(shrunk))
                .isEqualTo(failure.violation().invariant().toString());
    }

    @Test
    void tellsTheSeedTheInvariantAndWhatHappens() {
        assertThat(failure.report())
                .contains("seed " + failure.schedule().seed())
                .contains("breaks " + failure.violation().invariant())
                .contains("shrunk to")
                .contains("0 ")
                .contains("-Dseed=" + failure.schedule().seed());
    }

    private String invariantBrokenBy(Schedule schedule) {
        try {
            new Simulation(schedule, failure.simplification()).run();
            return "none";
        } catch (Violation violation) {
            return violation.invariant().toString();
        }
    }
}
