package dev.tidemark.topology.repair;

/** Why a repair does not go on: a stable code and a sentence that says what is wrong and what to do. */
public final class RepairRefused extends Exception {
    private static final long serialVersionUID = 1L;

    /** A member of the consumer group is alive. */
    public static final String IN_USE = "group_in_use";
    /** What the repair would read is not whole itself. */
    public static final String SOURCE_MISSING = "source_missing";
    /** What was read does not add up. */
    public static final String SOURCE_MISMATCH = "source_mismatch";

    private final String code;

    public RepairRefused(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
