package dev.tidemark.testkit.simulation;

import java.util.Random;

/** A step of a schedule. What it does depends on the state it meets and on its own dice, never on the steps that are left out. */
public record Step(Action action, int actor, long seed) {
    Random dice() {
        return new Random(seed);
    }

    @Override
    public String toString() {
        return action + " " + actor + " " + Long.toHexString(seed);
    }
}
