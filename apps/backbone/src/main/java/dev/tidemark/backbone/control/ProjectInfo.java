package dev.tidemark.backbone.control;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What was decided of a project.
 *
 * @param state absent, open or deleting
 * @param filterable entity type to a list of fields
 */
public record ProjectInfo(
        String name, String state, long generation, String epoch, boolean paused, JsonNode filterable) {
    public boolean isThere() {
        return !state.equals("absent");
    }
}
