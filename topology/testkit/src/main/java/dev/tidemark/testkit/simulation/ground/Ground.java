package dev.tidemark.testkit.simulation.ground;

/** What every part of one run shares. */
public record Ground(Simplification simplification, Clock clock, Network network, Tally tally, Trace trace) {
    public static final String PROJECT = "p";

    public Ground(Simplification simplification, Trace trace) {
        this(simplification, new Clock(), new Tally(), trace);
    }

    private Ground(Simplification simplification, Clock clock, Tally tally, Trace trace) {
        this(simplification, clock, new Network(tally, trace), tally, trace);
    }

    public boolean simplifies(Simplification which) {
        return simplification == which;
    }
}
