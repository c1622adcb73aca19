package dev.tidemark.testkit.simulation;

import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.ground.Trace;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.List;

/** A seed whose run breaks an invariant. */
public record Failure(Simplification simplification, Violation violation, Schedule schedule) {
    /** The shortest schedule found that breaks the same invariant. */
    public Schedule shrunk() {
        return new Shrinker(simplification).shrunk(schedule, violation.invariant());
    }

    /** Seed and invariant, in one line. */
    public String line() {
        return simplification + " (" + simplification.words() + "): seed " + schedule.seed() + " breaks "
                + violation.invariant() + ", " + violation.invariant().words();
    }

    /** Seed, invariant, and what happens in the shrunk schedule. */
    public String report() {
        Schedule shrunk = shrunk();
        StringBuilder report = new StringBuilder(line());
        report.append('\n').append(schedule.steps().size()).append(" steps, shrunk to ");
        report.append(shrunk.steps().size()).append(":\n");
        for (String line : traced(shrunk, simplification)) report.append(line).append('\n');
        return report.append("The whole of it: -Dseed=").append(schedule.seed()).toString();
    }

    /** What happens in a run, line by line, with what it breaks as the last one. */
    static List<String> traced(Schedule schedule, Simplification simplification) {
        Trace trace = Trace.kept();
        try {
            new Simulation(schedule, simplification, trace).run();
            trace.note(() -> "every invariant holds");
        } catch (Violation violation) {
            trace.note(() -> String.valueOf(violation.getMessage()));
        }
        return trace.lines();
    }
}
