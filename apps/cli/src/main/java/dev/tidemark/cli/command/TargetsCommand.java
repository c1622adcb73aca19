package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.client.PagedList;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.client.ServerProblem;
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
    int show(@Mixin TargetFlags of) {
        return of.print(of.server().json(of.resource()));
    }

    @Command(
            name = "create",
            description = {"Create a target that starts at the beginning; nothing changes if it is there already.", ""})
    int create(
            @Mixin TargetFlags of,
            @Option(names = "--kind", paramLabel = "KIND", description = "reader, replica or destination") @Nullable
                    String kind,
            @Option(
                            names = "--entity",
                            paramLabel = "TYPE",
                            description = "follow only entities of this type; may be repeated")
                    @Nullable
                    List<String> entities) {
        ObjectNode body = Json.MAPPER.createObjectNode();
        if (kind != null) body.put("kind", kind);
        if (entities != null) entities.forEach(body.putArray("filter")::add);
        ServerClient client = of.server().client();
        return of.print(of.server()
                .patience()
                .insist(() -> client.put(of.resource(), TargetFlags.bytes(body)).json()));
    }

    @Command(
            name = "delete",
            description = {"Forget a target and its cursor.", ""})
    int delete(@Mixin TargetFlags of) {
        of.server().client().delete(of.resource());
        of.result()
                .print("deleted " + of.target(), Json.MAPPER.createObjectNode().put("deleted", of.target()));
        return 0;
    }

    @Command(
            name = "ack",
            description = {"Say that a target's copy holds everything up to a cursor.", ""})
    int ack(
            @Mixin TargetFlags of,
            @Parameters(index = "2", paramLabel = "CURSOR") String cursor,
            @Option(names = "--from", paramLabel = "CURSOR", description = "refuse unless the target is here") @Nullable
                    String from) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("cursor", cursor);
        if (from != null) body.put("from", from);
        return of.print(of.server().patience().insist(() -> of.tell("ack", body)));
    }

    @Command(
            name = "reset",
            description = {
                "Move a target, back too; it starts a new generation.",
                "",
                "CURSOR is a cursor, or earliest, or head. Asked once: if the answer is lost, look with `targets show`.",
                ""
            })
    int reset(@Mixin TargetFlags of, @Parameters(index = "2", paramLabel = "CURSOR") String cursor) {
        ObjectNode body = Json.MAPPER.createObjectNode().put("cursor", cursor);
        return of.print(of.tell("reset", body));
    }

    /** The entity types that a target follows; none if it follows all, or is not there yet. */
    static List<String> filter(String project, String target, ServerClient client) {
        List<String> types = new ArrayList<>();
        try {
            for (JsonNode type :
                    client.getJson(TargetFlags.resource(project, target)).path("filter")) types.add(type.asText());
        } catch (ServerProblem problem) {
            if (problem.status() != NOT_FOUND) throw problem;
        }
        return types;
    }

    /** Every target of a project, page by page. */
    static List<JsonNode> listed(String project, ServerClient client, Patience patience) {
        List<JsonNode> all = new ArrayList<>();
        new PagedList(client, patience).read(() -> Resource.ofProject(project).part("targets"), all::add);
        return all;
    }

    private static String cell(JsonNode row, String member) {
        JsonNode value = row.path(member);
        return value.isMissingNode() || value.isNull() ? "-" : value.asText();
    }
}
