package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.read.Verification;
import dev.tidemark.cli.read.VerifyReport;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "verify",
        description = {
            "Compare digests: of the project with those of its buckets, or with everything it serves (--deep).",
            "",
            "Exit status 1 names the buckets and entities that differ.",
            ""
        })
final class VerifyCommand implements Callable<Integer> {
    private final ReadProgress progress;

    @Mixin
    private final ServerFlags server;

    @Mixin
    private final ResultFlags result;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "the project to verify")
    private String project = "";

    @Option(names = "--target", paramLabel = "NAME", description = "compare this target's cursor with the head as well")
    private @Nullable String target;

    @Option(names = "--deep", description = "read everything and compute every hash and digest anew, in memory")
    private boolean deep;

    VerifyCommand(Surroundings surroundings) {
        this.progress = new ReadProgress(surroundings);
        this.server = new ServerFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        ServerClient client = server.client();
        Patience patience = server.patience();
        Verification verification = new Verification(project, client, patience);
        VerifyReport report = deep ? verification.deep(progress::read) : verification.quick();
        ObjectNode json = report.json();
        String text = report.text();
        if (target != null) {
            JsonNode position = position(target);
            json.set("target", position);
            text += "\n" + targetLine(target, position);
        }
        result.print(text, json);
        if (report.isEqual()) return 0;
        throw new CommandFailure(
                "what " + project + " serves does not fit its digest; keep the data and the log, and" + " report it");
    }

    private JsonNode position(String name) {
        return server.json(Resource.ofProject(project).part("targets").name(name));
    }

    private static String targetLine(String name, JsonNode position) {
        long lag = position.path("lag").asLong(-1);
        String where = lag == 0 ? "at the head" : lag < 0 ? "of unknown lag" : lag + " records behind the head";
        return "target " + name + " at seq " + position.path("unified_seq").asText("none") + ", " + where;
    }
}
