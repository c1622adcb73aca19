package dev.tidemark.wire;

/** Names of the subjects, {@code <topic>-value} as Confluent's TopicNameStrategy has it; the header is a subject of its own. */
public final class Subjects {
    public static final String MUTATIONS = "tidemark.mutations-value";
    public static final String LOG = "tidemark.log-value";
    public static final String LOG_META = "tidemark.log-tm-meta";
    public static final String OUTCOMES = "tidemark.outcomes-value";
    public static final String ACKS = "tidemark.acks-value";
    public static final String COMMANDS = "tidemark.commands-value";
    public static final String CONTROL = "tidemark.control-value";
    public static final String EVENTS = "tidemark.events-value";

    private Subjects() {}
}
