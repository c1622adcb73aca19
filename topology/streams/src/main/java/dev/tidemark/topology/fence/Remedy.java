package dev.tidemark.topology.fence;

/** What a refusal tells people to do. */
public enum Remedy {
    ADMIT("Restore what is missing from a backup, or stop every instance and run `tidemark repair admit`"),
    MATERIALIZE("Restore what is missing from a backup, or stop every instance and run `tidemark repair materialize`"),
    LOG("Restore what is missing from a backup, or stop every instance and run `tidemark repair log`"),
    LOCAL_STATE("Delete the state directory of this instance (state.dir) and start again: it is restored from Kafka");

    private final String text;

    Remedy(String text) {
        this.text = text;
    }

    /** For the state of the log's writer, or of its reader. */
    public static Remedy ofWriter(boolean writesLog) {
        return writesLog ? ADMIT : MATERIALIZE;
    }

    /** A sentence without its full stop. */
    public String text() {
        return text;
    }
}
