package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.backbone.control.ProjectInfo;
import dev.tidemark.topology.query.NotServed;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * One page of the list of projects.
 *
 * @param after name that it begins behind; null: at the first
 * @param hasMore whether there are projects behind it
 */
record ProjectPage(@Nullable String after, int limit, List<ProjectInfo> projects, boolean hasMore) {
    static ProjectPage of(SortedMap<String, ProjectInfo> all, @Nullable String after, int limit) {
        SortedMap<String, ProjectInfo> rest = after == null ? all : all.tailMap(after + '\0');
        List<ProjectInfo> projects = new ArrayList<>();
        for (ProjectInfo info : rest.values()) {
            if (projects.size() == limit) return new ProjectPage(after, limit, projects, true);
            projects.add(info);
        }
        return new ProjectPage(after, limit, projects, false);
    }

    /** Path and query that ask another instance for the same page. */
    String target() {
        String from = after == null ? "" : "&after=" + URLEncoder.encode(after, StandardCharsets.UTF_8);
        return "/v1/projects?limit=" + limit + from;
    }

    /** What was found here, with what others found. @throws NotServed if one is nowhere */
    Map<String, JsonNode> complete(Map<String, JsonNode> found, List<JsonNode> answers) {
        for (JsonNode answer : answers)
            for (JsonNode project : answer.path("projects"))
                found.putIfAbsent(project.path("project").asText(), project);
        for (ProjectInfo info : projects)
            if (!found.containsKey(info.name())) throw new NotServed("project " + info.name() + " is moving");
        return found;
    }

    ObjectNode json(Map<String, JsonNode> found) {
        ObjectNode json = ResultJson.object();
        ArrayNode list = json.putArray("projects");
        for (ProjectInfo info : projects) {
            JsonNode project = found.get(info.name());
            if (project != null) list.add(project);
        }
        if (hasMore) json.put("next", projects.get(projects.size() - 1).name());
        return json;
    }
}
