package dev.tidemark.testkit.simulation;

import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.ground.Tally;
import dev.tidemark.testkit.simulation.ground.Trace;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;

/**
 * Carries out one schedule and then lets everything settle. Every invariant is looked at as soon as something happens that may
 * break it; the first that does not hold ends the run.
 */
public final class Simulation {
    private final Schedule schedule;
    private final Ground ground;

    public Simulation(Schedule schedule, Simplification simplification) {
        this(schedule, simplification, Trace.none());
    }

    /** @param trace is told what happens */
    public Simulation(Schedule schedule, Simplification simplification, Trace trace) {
        this.schedule = schedule;
        this.ground = new Ground(simplification, trace);
    }

    /**
     * @return what happened
     * @throws Violation if an invariant does not hold
     */
    public Tally run() {
        try {
            runSteps();
            return ground.tally();
        } catch (RuntimeException e) {
            throw new Violation(Invariant.PROGRESS, "something is broken: " + e, e);
        }
    }

    private void runSteps() {
        World world = new World(ground);
        Steps steps = new Steps(world);
        TargetChecks targets = new TargetChecks(world);
        int number = 0;
        for (Step step : schedule.steps()) {
            int at = number++;
            ground.trace().note(() -> at + " " + step.action() + " " + step.actor());
            steps.take(step);
            targets.check();
        }
        ground.trace().note(() -> "everything heals");
        new Settling(world, targets).settle();
    }
}
