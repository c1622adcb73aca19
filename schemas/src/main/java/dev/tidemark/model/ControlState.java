package dev.tidemark.model;

import org.jspecify.annotations.Nullable;

/** Decided state; the last one of (project, kind, name) counts. {@code body} is a JSON object. */
public record ControlState(
        String project, String kind, String name, @Nullable String requestId, String body) {
    public static final String PROJECT = "project";
    public static final String HORIZON = "horizon";
    public static final String REPLICA = "replica";

    /** Key of the record in {@code tidemark.control}. */
    public String key() {
        return project + "/" + kind + "/" + name;
    }
}
