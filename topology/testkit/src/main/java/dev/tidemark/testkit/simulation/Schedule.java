package dev.tidemark.testkit.simulation;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
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
        Map<Action, Integer> weights = weights(random);
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

    private static Map<Action, Integer> weights(Random random) {
        Map<Action, Integer> weights = new EnumMap<>(Action.class);
        for (Action action : Action.values())
            weights.put(action, action.weight() * FACTORS[random.nextInt(FACTORS.length)]);
        return weights;
    }

    private static Action action(Map<Action, Integer> weights, Random random) {
        int left = random.nextInt(
                weights.values().stream().mapToInt(Integer::intValue).sum());
        for (Map.Entry<Action, Integer> each : weights.entrySet()) {
            left -= each.getValue();
            if (left < 0) return each.getKey();
        }
        throw new IllegalStateException("dice beyond the sum of all weights");
    }
}
