package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Json;
import dev.tidemark.cli.client.Resource;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "get",
        description = {"Print an entity as it is now.", ""})
final class GetCommand implements Callable<Integer> {
    @Mixin
    private final ServerFlags server;

    @Mixin
    private final ResultFlags result;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "the project")
    private String project = "";

    @Parameters(index = "1", paramLabel = "ENTITY", description = "the entity's type")
    private String entity = "";

    @Parameters(index = "2", paramLabel = "KEY", description = "the entity's key")
    private String key = "";

    @Option(names = "--at-least", paramLabel = "CURSOR", description = "wait until this cursor is served")
    private @Nullable String atLeast;

    GetCommand(Surroundings surroundings) {
        this.server = new ServerFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        Resource resource =
                Resource.ofProject(project).part("entities").name(entity).with("key", key);
        if (atLeast != null) resource.with("at_least", atLeast);
        JsonNode found = found(server.json(resource));
        result.print(text(found), found);
        return 0;
    }

    /** The entity itself, whether the server answers with it or with a batch of one. */
    private JsonNode found(JsonNode answer) {
        if (answer.has("payload")) return answer;
        List<JsonNode> rows = Json.rows(answer);
        if (rows.isEmpty() || !rows.get(0).has("payload"))
            throw new CommandFailure("there is no " + entity + " '" + key + "' in project " + project);
        return rows.get(0);
    }

    private String text(JsonNode found) {
        return entity + " " + key + "  version " + found.path("version").asText("?") + "  seq "
                + found.path("seq").asText("?") + "\n" + Json.pretty(found.path("payload"));
    }
}
