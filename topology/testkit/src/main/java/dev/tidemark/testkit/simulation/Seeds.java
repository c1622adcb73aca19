package dev.tidemark.testkit.simulation;

import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.ground.Tally;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.LongStream;

/** Runs the schedules of many seeds, on all processors. */
public final class Seeds {
    /** Most steps before the network heals. */
    public static final int STEPS = 600;

    private final Simplification simplification;
    private final Tally tally = new Tally();

    public Seeds(Simplification simplification) {
        this.simplification = simplification;
    }

    /** @return the lowest seed in [from, to) that fails; empty: none does */
    public Optional<Failure> firstFailure(long from, long to) {
        return firstFailure(from, to, EnumSet.allOf(Invariant.class));
    }

    /** @return the lowest seed in [from, to) whose run breaks one of those; empty: none does */
    public Optional<Failure> firstFailure(long from, long to, Set<Invariant> broken) {
        return LongStream.range(from, to)
                .parallel()
                .mapToObj(seed -> failure(Schedule.of(seed, STEPS)))
                .flatMap(Optional::stream)
                .filter(failure -> broken.contains(failure.violation().invariant()))
                .findFirst();
    }

    /** What happens in the run of one seed, line by line. */
    public List<String> traced(long seed) {
        return Failure.traced(Schedule.of(seed, STEPS), simplification);
    }

    /** What happened in all runs that ended well. */
    public Tally tally() {
        return tally;
    }

    private Optional<Failure> failure(Schedule schedule) {
        try {
            tally.add(new Simulation(schedule, simplification).run());
            return Optional.empty();
        } catch (Violation violation) {
            return Optional.of(new Failure(simplification, violation, schedule));
        }
    }
}
