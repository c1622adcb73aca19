package dev.tidemark.testkit.simulation.watch;

/** What must hold in every run: the laws of semantics section 9, and what all of them are for. */
public enum Invariant {
    L1_FOLD("a source's fold has the effect of its ops one by one"),
    L2_ONCE("each origin takes effect once and has one outcome"),
    L3_COMPACTION("the surviving records lead to the same state as all records"),
    L4_CURSOR("every record at or below U is in the target's copy or superseded above U, and U never goes back"),
    L5_STABLE_PREFIX("once a seq was seen, no new record appears below it"),
    L6_COMMITTED("nothing is reported that is not committed"),
    L7_DIGEST("the digest of a last page is that of any correct copy there"),
    L8_ORDER("one replica's mutations take effect in the order pushed, one entity's records in log order"),
    L9_EXPIRY("a cursor that cannot be honoured is refused"),
    L10_FAN_OUT("apply_where changes exactly the entities that match in the state at its place"),
    MODEL("the log is what the reference model says"),
    DELIVERY("no mutation leaves an outbox undecided, and in the end none is left"),
    CONVERGENCE("in the end every copy is the project"),
    PROGRESS("nothing stops, and nobody breaks the protocol");

    private final String words;

    Invariant(String words) {
        this.words = words;
    }

    public String words() {
        return words;
    }
}
