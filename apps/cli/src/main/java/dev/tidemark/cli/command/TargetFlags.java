package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Which target a command is about, on which server, and how it is shown. */
final class TargetFlags {
    @Parameters(index = "0", paramLabel = "PROJECT")
    private String project = "";

    @Parameters(index = "1", paramLabel = "TARGET")
    private String target = "";

    @Mixin
    private final ServerFlags server;

    @Mixin
    private final ResultFlags result;

    TargetFlags(Surroundings surroundings) {
        this.server = new ServerFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    String target() {
        return target;
    }

    ServerFlags server() {
        return server;
    }

    ResultFlags result() {
        return result;
    }

    Resource resource() {
        return resource(project, target);
    }

    static Resource resource(String project, String target) {
        return Resource.ofProject(project).part("targets").name(target);
    }

    /** Tells the target something, once. @return the target behind it */
    JsonNode tell(String what, ObjectNode body) {
        return server.client()
                .post(resource().part(what), ServerClient.JSON, bytes(body))
                .json();
    }

    static byte[] bytes(ObjectNode body) {
        return body.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** The target, a line for each of its members. */
    int print(JsonNode answer) {
        TextTable table = new TextTable("", "");
        answer.fields().forEachRemaining(member -> table.row(member.getKey(), shown(member.getValue())));
        result.print(table.toString().strip(), answer);
        return 0;
    }

    private static String shown(JsonNode value) {
        if (value.isNull()) return "-";
        return value.isValueNode() ? value.asText() : value.toString();
    }
}
