package dev.tidemark.backbone.control;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What was decided of a project.
 *
 * @param state absent, open or deleting
 * @param filterable entity type to a list of fields
 */
public record ProjectInfo(
        String name, String state, long generation, String epoch, boolean paused, JsonNode filterable) {
    /** A project as its first push opens it. */
    static ProjectInfo opened(String name) {
        return new ProjectInfo(name, "open", 0, "", false, JsonNodeFactory.instance.objectNode());
    }

    public boolean isThere() {
        return !state.equals("absent");
    }
}
