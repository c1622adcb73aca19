package dev.tidemark.model;

import org.jspecify.annotations.Nullable;

/** A wish about a project, decided by Admit. {@code body} is a JSON object whose members depend on the kind. */
public record ControlCommand(
        String project, String kind, String name, @Nullable String requestId, String body) {
    public static final String PROJECT_PUT = "project.put";
    public static final String PROJECT_DELETE = "project.delete";
    /** Admit's own: goes on with a deletion, behind the path that is the command's name. */
    public static final String PROJECT_DELETE_STEP = "project.delete.step";
    /** The command's name is the replica. */
    public static final String REPLICA_DELETE = "replica.delete";
}
