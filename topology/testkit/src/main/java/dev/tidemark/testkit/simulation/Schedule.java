package dev.tidemark.testkit.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What happens in a run before the network heals, in order, as data: the same seed gives the same. */
public record Schedule(long seed, List<Step> steps) {
    private static final int ACTORS = 60;

    public Schedule {
        steps = List.copyOf(steps);
    }

    public static Schedule of(long seed, int length) {
        Random random = new Random(seed);
        int total = 0;
        for (Action action : Action.values()) total += action.weight();
        List<Step> steps = new ArrayList<>(length);
        for (int i = 0; i < length; i++)
            steps.add(new Step(action(random.nextInt(total)), random.nextInt(ACTORS), random.nextLong()));
        return new Schedule(seed, steps);
    }

    public Schedule with(List<Step> others) {
        return new Schedule(seed, others);
    }

    private static Action action(int dice) {
        int left = dice;
        for (Action action : Action.values()) {
            left -= action.weight();
            if (left < 0) return action;
        }
        throw new IllegalArgumentException("dice beyond the sum of all weights: " + dice);
    }
}
