package dev.tidemark.testkit.simulation;

import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.ArrayList;
import java.util.List;

/** Leaves out what a failure does not need: halves of the schedule, then quarters, down to single steps (delta debugging). */
public final class Shrinker {
    /** Runs spent on one failure. */
    private static final int RUNS_MAX = 3_000;

    private final Simplification simplification;
    private int runs;

    public Shrinker(Simplification simplification) {
        this.simplification = simplification;
    }

    /** @return the shortest schedule found that breaks the same invariant */
    public Schedule shrunk(Schedule failing, Invariant broken) {
        List<Step> steps = failing.steps();
        int size = Math.max(1, steps.size() / 2);
        while (runs < RUNS_MAX) {
            List<Step> fewer = without(failing, steps, size, broken);
            boolean isShorter = fewer.size() < steps.size();
            steps = fewer;
            if (size == 1 && !isShorter) break;
            size = Math.max(1, size / 2);
        }
        return failing.with(steps);
    }

    private List<Step> without(Schedule failing, List<Step> steps, int size, Invariant broken) {
        List<Step> left = steps;
        for (int from = 0; from < left.size() && runs < RUNS_MAX; ) {
            List<Step> fewer = new ArrayList<>(left.subList(0, from));
            fewer.addAll(left.subList(Math.min(left.size(), from + size), left.size()));
            if (breaks(failing.with(fewer), broken)) left = fewer;
            else from += size;
        }
        return left;
    }

    private boolean breaks(Schedule schedule, Invariant broken) {
        runs++;
        try {
            new Simulation(schedule, simplification).run();
            return false;
        } catch (Violation violation) {
            return violation.invariant() == broken;
        }
    }
}
