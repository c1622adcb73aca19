package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Answer;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.client.PagedList;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "status",
        description = {
            "Health of the server and of both topologies, the projects with their heads, the targets with their lag.",
            "",
            "Exit status 1 if the server is not ready.",
            ""
        })
final class StatusCommand implements Callable<Integer> {
    /** Beyond it the table would say little and ask much; `targets list` shows one project's. */
    private static final int PROJECTS_WITH_TARGETS_MAX = 50;

    @Mixin
    private final ServerFlags server;

    @Mixin
    private final ResultFlags result;

    StatusCommand(Surroundings surroundings) {
        this.server = new ServerFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        ServerClient client = server.client();
        Answer health = client.ask(Resource.of("/health/ready"));
        if (!health.json().has("ready")) throw health.problem();
        ObjectNode status =
                Json.MAPPER.createObjectNode().put("server", client.base().toString());
        status.put("ready", health.isSuccess()).set("health", health.json());
        if (health.isSuccess()) addProjects(status, client, server.patience());
        result.print(text(status), status);
        if (health.isSuccess()) return 0;
        throw new CommandFailure(client.base() + " is not ready; its log says why");
    }

    private static void addProjects(ObjectNode status, ServerClient client, Patience patience) {
        List<JsonNode> projects = projects(client, patience);
        for (JsonNode project : projects) {
            ObjectNode shown = status.withArray("projects").addObject();
            shown.setAll((ObjectNode) project);
            if (projects.size() <= PROJECTS_WITH_TARGETS_MAX)
                shown.putArray("targets").addAll(TargetsCommand.listed(name(project), client, patience));
        }
    }

    private static List<JsonNode> projects(ServerClient client, Patience patience) {
        List<JsonNode> all = new ArrayList<>();
        new PagedList(client, patience)
                .read(() -> Resource.of("/v1/projects"), row -> all.add(row.isObject() ? row : named(row.asText())));
        return all;
    }

    private static ObjectNode named(String project) {
        return Json.MAPPER.createObjectNode().put("project", project);
    }

    private static String name(JsonNode project) {
        return project.path("project").asText(project.path("name").asText(""));
    }

    private static String text(ObjectNode status) {
        StringBuilder text = new StringBuilder();
        text.append(status.path("ready").asBoolean() ? "ready" : "not ready")
                .append("  ")
                .append(status.path("server").asText());
        status.path("health")
                .fields()
                .forEachRemaining(part -> text.append('\n')
                        .append(part.getKey())
                        .append("  ")
                        .append(
                                part.getValue().isValueNode()
                                        ? part.getValue().asText()
                                        : part.getValue().toString()));
        if (!status.path("projects").isEmpty()) text.append("\n\n").append(projectTable(status.path("projects")));
        return text.toString();
    }

    private static TextTable projectTable(JsonNode projects) {
        TextTable table = new TextTable("project", "seq", "ordinal", "entities", "digest");
        for (JsonNode project : projects) {
            JsonNode head = project.path("head");
            table.row(
                    name(project),
                    head.path("seq").asText("-"),
                    head.path("ordinal").asText("-"),
                    head.path("count").asText("-"),
                    head.path("digest").asText("-"));
            for (JsonNode target : project.path("targets"))
                table.row(
                        "  " + target.path("target").asText(target.path("name").asText("?")),
                        target.path("unified_seq").asText("-"),
                        "lag " + target.path("lag").asText("-"),
                        target.path("state").asText("-"),
                        "");
        }
        return table;
    }
}
