package dev.tidemark.wire;

import dev.tidemark.topic.Headers;
import dev.tidemark.topic.TopicCatalogue;

/** Names of the subjects, {@code <topic>-value} as Confluent's TopicNameStrategy has it; the header is a subject of its own. */
public final class Subjects {
    public static final String MUTATIONS = TopicCatalogue.MUTATIONS + "-value";
    public static final String LOG = TopicCatalogue.LOG + "-value";
    public static final String LOG_META = TopicCatalogue.LOG + "-" + Headers.META;
    public static final String OUTCOMES = TopicCatalogue.OUTCOMES + "-value";
    public static final String ACKS = TopicCatalogue.ACKS + "-value";
    public static final String COMMANDS = TopicCatalogue.COMMANDS + "-value";
    public static final String CONTROL = TopicCatalogue.CONTROL + "-value";
    public static final String EVENTS = TopicCatalogue.EVENTS + "-value";

    private Subjects() {}
}
