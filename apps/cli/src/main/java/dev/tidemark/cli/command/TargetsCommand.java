package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.client.ServerProblem;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "targets",
        description = {"The parties that have a stored cursor: show them, create, move and delete them.", ""})
final class TargetsCommand {
    private static final int LIST_ROWS = 500;
    private static final int NOT_FOUND = 404;

    @Command(
            name = "list",
            description = {"All targets of a project, with their positions.", ""})
    int list(@Parameters(paramLabel = "PROJECT") String project, @Mixin ServerFlags server, @Mixin ResultFlags result) {
        List<JsonNode> rows = listed(project, server.client(), server.patience());
        TextTable table = new TextTable("target", "kind", "seq", "lag", "freshness_ms", "state", "last ack");
        for (JsonNode row : rows)
            table.row(
                    row.path("target").asText(row.path("name").asText("?")),
                    cell(row, "kind"),
                    cell(row, "unified_seq"),
                    cell(row, "lag"),
                    cell(row, "freshness_ms"),
                    cell(row, "state"),
                    cell(row, "last_ack_at"));
        result.print(table.toString(), Json.MAPPER.createArrayNode().addAll(rows));
        return 0;
    }

    @Command(
            name = "show",
            description = {"One target.", ""})
    int show(
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "TARGET") String target,
            @Mixin ServerFlags server,
            @Mixin ResultFlags result) {
        ServerClient client = server.client();
        return print(result, server.patience().insist(() -> client.getJson(resource(project, target))));
    }

    @Command(
            name = "create",
            description = {"Create a target that starts at the beginning; nothing changes if it is there already.", ""})
    int create(
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "TARGET") String target,
            @Option(names = "--kind", paramLabel = "KIND", description = "reader, replica or destination") @Nullable
                    String kind,
            @Option(
                            names = "--entity",
                            paramLabel = "TYPE",
                            description = "follow only entities of this type; may be repeated")
                    @Nullable
                    List<String> entities,
            @Mixin ServerFlags server,
            @Mixin ResultFlags result) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        if (kind != null) body.put("kind", kind);
        if (entities != null) entities.forEach(body.putArray("filter")::add);
        ServerClient client = server.client();
        return print(
                result,
                server.patience()
                        .insist(() -> client.put(resource(project, target), bytes(body))
                                .json()));
    }

    @Command(
            name = "delete",
            description = {"Forget a target and its cursor.", ""})
    int delete(
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "TARGET") String target,
            @Mixin ServerFlags server,
            @Mixin ResultFlags result) {
        server.client().delete(resource(project, target));
        result.print("deleted " + target, Json.MAPPER.createObjectNode().put("deleted", target));
        return 0;
    }

    @Command(
            name = "ack",
            description = {"Say that a target's copy holds everything up to a cursor.", ""})
    int ack(
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "TARGET") String target,
            @Parameters(paramLabel = "CURSOR") String cursor,
            @Option(names = "--from", paramLabel = "CURSOR", description = "refuse unless the target is here") @Nullable
                    String from,
            @Mixin ServerFlags server,
            @Mixin ResultFlags result) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("cursor", cursor);
        if (from != null) body.put("from", from);
        ServerClient client = server.client();
        Patience patience = server.patience();
        return print(
                result,
                patience.insist(() -> post(client, resource(project, target).part("ack"), body)));
    }

    @Command(
            name = "reset",
            description = {
                "Move a target, back too; it starts a new generation.",
                "",
                "CURSOR is a cursor, or earliest, or head. Asked once: if the answer is lost, look with `targets show`.",
                ""
            })
    int reset(
            @Parameters(paramLabel = "PROJECT") String project,
            @Parameters(paramLabel = "TARGET") String target,
            @Parameters(paramLabel = "CURSOR") String cursor,
            @Mixin ServerFlags server,
            @Mixin ResultFlags result) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("cursor", cursor);
        return print(result, post(server.client(), resource(project, target).part("reset"), body));
    }

    /** The entity types that a target follows; none if it follows all, or is not there yet. */
    static List<String> filter(String project, String target, ServerClient client) {
        List<String> types = new ArrayList<>();
        try {
            for (JsonNode type : client.getJson(resource(project, target)).path("filter")) types.add(type.asText());
        } catch (ServerProblem problem) {
            if (problem.status() != NOT_FOUND) throw problem;
        }
        return types;
    }

    /** Every target of a project, page by page. */
    static List<JsonNode> listed(String project, ServerClient client, Patience patience) {
        List<JsonNode> all = new ArrayList<>();
        String after = "";
        while (true) {
            Resource resource = Resource.ofProject(project).part("targets").with("limit", LIST_ROWS);
            if (!after.isEmpty()) resource.with("after", after);
            JsonNode answer = patience.insist(() -> client.getJson(resource));
            List<JsonNode> rows = Json.rows(answer);
            all.addAll(rows);
            after = answer.path("next").asText("");
            if (rows.isEmpty() || after.isEmpty()) return all;
        }
    }

    private static Resource resource(String project, String target) {
        return Resource.ofProject(project).part("targets").name(target);
    }

    private static JsonNode post(ServerClient client, Resource resource, ObjectNode body) {
        return client.post(resource, ServerClient.JSON, bytes(body)).json();
    }

    private static byte[] bytes(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static String cell(JsonNode row, String member) {
        JsonNode value = row.path(member);
        return value.isMissingNode() || value.isNull() ? "-" : value.asText();
    }

    private static String shown(JsonNode value) {
        if (value.isNull()) return "-";
        return value.isValueNode() ? value.asText() : value.toString();
    }

    private static int print(ResultFlags result, JsonNode answer) {
        TextTable table = new TextTable("", "");
        answer.fields().forEachRemaining(member -> table.row(member.getKey(), shown(member.getValue())));
        result.print(table.toString().strip(), answer);
        return 0;
    }
}
