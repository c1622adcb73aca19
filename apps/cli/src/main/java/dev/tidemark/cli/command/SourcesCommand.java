package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.client.Json;
import dev.tidemark.postgres.apply.Change;
import dev.tidemark.postgres.apply.SourceStatus;
import dev.tidemark.postgres.apply.SourceStatus.OutboxState;
import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "sources",
        description = {"PostgreSQL sources: the triggers and the outbox in a database.", ""})
final class SourcesCommand {
    @Command(
            name = "plan",
            description = {"Say what apply would do; nothing is touched.", ""})
    int plan(@Mixin SourceFlags source, @Mixin ResultFlags result) {
        List<Change> changes = source.with(database -> database.plan());
        result.print(text(changes, "everything is as the config wants it"), json(changes));
        return 0;
    }

    @Command(
            name = "apply",
            description = {"Make the database what the config wants; a second time changes nothing.", ""})
    int apply(@Mixin SourceFlags source, @Mixin ResultFlags result) {
        List<Change> changes = source.with(database -> database.apply(change -> shown(change, result)));
        finish(changes, "everything is as the config wants it", result);
        return 0;
    }

    @Command(
            name = "teardown",
            description = {"Drop everything that apply made, the outbox with what is in it included.", ""})
    int teardown(@Mixin SourceFlags source, @Mixin ResultFlags result) {
        List<Change> changes = source.with(database -> database.teardown(change -> shown(change, result)));
        finish(changes, "nothing of Tidemark's is there", result);
        return 0;
    }

    @Command(
            name = "status",
            description = {"Say how the source stands: objects that drifted, and what waits in the outbox.", ""})
    int status(@Mixin SourceFlags source, @Mixin ResultFlags result) {
        SourceStatus status = source.with(database -> database.status());
        ObjectNode json = Json.MAPPER.createObjectNode().put("applied", status.applied());
        json.set("drift", json(status.drift()).path("changes"));
        status.outbox().ifPresent(outbox -> json.set("outbox", json(outbox)));
        result.print(text(status), json);
        return 0;
    }

    private static void shown(Change change, ResultFlags result) {
        if (!result.isJson()) result.line(change.toString());
    }

    private static void finish(List<Change> changes, String none, ResultFlags result) {
        if (result.isJson() || changes.isEmpty()) result.print(none, json(changes));
    }

    private static String text(List<Change> changes, String none) {
        return changes.isEmpty() ? none : changes.stream().map(Change::toString).collect(Collectors.joining("\n"));
    }

    private static String text(SourceStatus status) {
        String objects = status.applied() + " objects as the config wants them\n"
                + text(status.drift(), "no drift").replaceAll("(?m)^(?!no drift)", "to do: ");
        return status.outbox()
                .map(outbox -> objects + "\noutbox of " + outbox.source() + ": " + outbox.rows() + " rows, oldest "
                        + outbox.oldestAgeMs() + " ms, lost through id " + outbox.lostThrough())
                .orElse(objects);
    }

    private static ObjectNode json(List<Change> changes) {
        ObjectNode json = Json.MAPPER.createObjectNode();
        ArrayNode rows = json.putArray("changes");
        for (Change change : changes) {
            ObjectNode row =
                    rows.addObject().put("action", change.action().word()).put("subject", change.subject());
            ArrayNode sql = row.putArray("sql");
            change.sql().forEach(sql::add);
        }
        return json;
    }

    private static ObjectNode json(OutboxState outbox) {
        return Json.MAPPER
                .createObjectNode()
                .put("source", outbox.source())
                .put("incarnation", outbox.incarnation())
                .put("rows", outbox.rows())
                .put("oldest_age_ms", outbox.oldestAgeMs())
                .put("lost_through", outbox.lostThrough());
    }
}
