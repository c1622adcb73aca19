package dev.tidemark.testkit.simulation.watch;

import java.util.function.Supplier;

/** An invariant does not hold. */
public final class Violation extends AssertionError {
    private static final long serialVersionUID = 1L;

    private final Invariant invariant;

    public Violation(Invariant invariant, String what) {
        super(invariant + ": " + what);
        this.invariant = invariant;
    }

    public Violation(Invariant invariant, String what, Throwable cause) {
        super(invariant + ": " + what, cause);
        this.invariant = invariant;
    }

    public Invariant invariant() {
        return invariant;
    }

    /** @param what is asked for only if it does not hold */
    public static void unless(boolean holds, Invariant invariant, Supplier<String> what) {
        if (!holds) throw new Violation(invariant, what.get());
    }
}
