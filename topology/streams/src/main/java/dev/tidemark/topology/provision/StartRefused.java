package dev.tidemark.topology.provision;

/** Why the backbone does not start: a stable code and a sentence that says what is wrong and what to do. */
public final class StartRefused extends Exception {
    private static final long serialVersionUID = 1L;

    public static final String KAFKA_UNREACHABLE = "kafka_unreachable";
    public static final String GROUP_IN_USE = "group_in_use";
    public static final String TOPICS_MISSING = "topics_missing";
    public static final String TOPIC_SETTINGS = "topic_settings";
    public static final String STATE_MISMATCH = "state_mismatch";
    public static final String POSITION_LOST = "position_lost";

    private final String code;

    public StartRefused(String code, String message) {
        super(message);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
