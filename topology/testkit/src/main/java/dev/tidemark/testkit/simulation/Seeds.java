package dev.tidemark.testkit.simulation;

import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.ground.Tally;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/** Runs the schedules of many seeds, on all processors. */
public final class Seeds {
    /** Steps before the network heals. */
    public static final int STEPS = 500;

    private final Simplification simplification;
    private final Tally tally = new Tally();

    public Seeds(Simplification simplification) {
        this.simplification = simplification;
    }

    /** @return the lowest seed in [from, to) that fails, shrunk; empty: none does */
    public Optional<Failure> firstFailure(long from, long to) {
        return LongStream.range(from, to)
                .parallel()
                .mapToObj(seed -> Schedule.of(seed, STEPS))
                .filter(schedule -> violation(schedule).isPresent())
                .findFirst()
                .map(this::failure);
    }

    /** What happens in the run of one seed, line by line. */
    public List<String> traced(long seed) {
        return Failure.traced(Schedule.of(seed, STEPS), simplification);
    }

    /** What happened in all runs that ended well. */
    public Tally tally() {
        return tally;
    }

    private Failure failure(Schedule schedule) {
        Violation violation = violation(schedule).orElseThrow();
        return Failure.shrunk(violation, schedule, simplification);
    }

    private Optional<Violation> violation(Schedule schedule) {
        try {
            tally.add(new Simulation(schedule, simplification).run());
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(violation);
        }
    }
}
