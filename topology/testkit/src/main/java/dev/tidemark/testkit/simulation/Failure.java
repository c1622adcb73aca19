package dev.tidemark.testkit.simulation;

import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.ground.Trace;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.List;
import java.util.Optional;

/**
 * A seed whose run breaks an invariant.
 *
 * @param shrunk the shortest schedule found that breaks the same one
 */
public record Failure(Simplification simplification, Violation violation, Schedule schedule, Schedule shrunk) {
    /** Runs the schedule; empty: every invariant holds. */
    static Optional<Violation> of(Schedule schedule, Simplification simplification) {
        try {
            new Simulation(schedule, simplification).run();
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(violation);
        }
    }

    static Failure shrunk(Violation violation, Schedule schedule, Simplification simplification) {
        Schedule shrunk = new Shrinker(simplification).shrunk(schedule, violation.invariant());
        return new Failure(simplification, violation, schedule, shrunk);
    }

    /** Seed, invariant, and what happens in the shrunk schedule. */
    public String report() {
        StringBuilder report = new StringBuilder();
        report.append("seed ").append(schedule.seed());
        report.append(", ").append(simplification.words()).append('\n');
        report.append("breaks ").append(violation.getMessage()).append('\n');
        report.append(schedule.steps().size()).append(" steps, shrunk to ");
        report.append(shrunk.steps().size()).append(":\n");
        for (String line : traced(shrunk, simplification)) report.append(line).append('\n');
        return report.append("again: -Dseed=").append(schedule.seed()).toString();
    }

    /** What happens in a run, line by line, with what it breaks as the last one. */
    static List<String> traced(Schedule schedule, Simplification simplification) {
        Trace trace = Trace.kept();
        try {
            new Simulation(schedule, simplification, trace).run();
            trace.note(() -> "every invariant holds");
        } catch (Violation violation) {
            trace.note(violation::getMessage);
        }
        return trace.lines();
    }
}
