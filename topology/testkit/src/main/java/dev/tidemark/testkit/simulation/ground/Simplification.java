package dev.tidemark.testkit.simulation.ground;

/**
 * The tempting simplifications of semantics section 10, each a switch that a run can turn on. The simulation must then fail, or
 * its silence would prove nothing.
 */
public enum Simplification {
    NONE("the rules as they are"),
    UNIFIED_IS_MAX_OWN("U := max own accepted seq"),
    UNIFIED_EXTENDED_AFTER_ANY_ACK("extend U over own records after any ack"),
    UNIFIED_EXTENDED_OVER_THE_INDEX("extend U over the index"),
    RETIRED_INTO_THE_BASE("retire a pending mutation into the base on its outcome"),
    POSITION_OF_THE_ANSWER("adopt the position of a push answer"),
    PULL_FROM_UNIFIED("pull from U on a replica that pushes"),
    NET_COUNTING("net counting of add/remove"),
    CANCELLED_PAIRS_DROPPED("dropping cancelled pairs"),
    CHUNKED_FAN_OUT("chunked fan-out over a moving index"),
    HEAD_AND_ROWS_APART("head and rows read separately"),
    PRODUCER_TIMESTAMPS("producer timestamps on topics"),
    ORIGINS_IN_ONE_VALUE("all origins of a replica in one value"),
    /** Not of that table: how a restart came to show a U that goes back. */
    TARGETS_SHOWN_UNCOMMITTED("show targets before they are committed");

    private final String words;

    Simplification(String words) {
        this.words = words;
    }

    /** As in the table of semantics section 10, where it is in it. */
    public String words() {
        return words;
    }
}
