package dev.tidemark.model;

import org.jspecify.annotations.Nullable;

/** What happened, for people, streams of events and webhooks. {@code body} is a JSON object. */
public record LifecycleEvent(
        String project,
        String kind,
        String subject,
        @Nullable String requestId,
        String body) {
    public static final String COMMAND_REFUSED = "command.refused";
}
