package dev.tidemark.testkit.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** What happens in a run before the network heals, in order, as data: the same seed gives the same. */
public record Schedule(long seed, List<Step> steps) {
    private static final int ACTORS = 60;
    private static final int STEPS_MIN = 80;
    /** Whatever weights are chosen for a run, some things can only be seen in runs with others: so each run has its own. */
    private static final int[] FACTORS = {1, 2, 2, 4};

    public Schedule {
        steps = List.copyOf(steps);
    }

    public static Schedule of(long seed, int lengthMax) {
        Random random = new Random(seed);
        int[] weights = weights(random);
        int length = Math.min(lengthMax, STEPS_MIN + random.nextInt(Math.max(1, lengthMax - STEPS_MIN)));
        int actors = random.nextInt(4) == 0 ? 1 : ACTORS;
        List<Step> steps = new ArrayList<>(length);
        for (int i = 0; i < length; i++)
            steps.add(new Step(action(weights, random), random.nextInt(actors), random.nextLong()));
        return new Schedule(seed, steps);
    }

    public Schedule with(List<Step> others) {
        return new Schedule(seed, others);
    }

    private static int[] weights(Random random) {
        Action[] actions = Action.values();
        int[] weights = new int[actions.length];
        for (int i = 0; i < weights.length; i++)
            weights[i] = actions[i].weight() * FACTORS[random.nextInt(FACTORS.length)];
        return weights;
    }

    private static Action action(int[] weights, Random random) {
        int left = random.nextInt(Arrays.stream(weights).sum());
        int at = 0;
        while (left >= weights[at]) left -= weights[at++];
        return Action.values()[at];
    }
}
