package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.client.Resource;
import java.util.StringJoiner;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "seq",
        description = {"Say which cloud seq a replica's mutation got, or which mutations a cloud seq holds.", ""})
final class SeqCommand implements Callable<Integer> {
    @Mixin
    private final ServerFlags server;

    @Mixin
    private final ResultFlags result;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "the project")
    private String project = "";

    @Option(names = "--replica", paramLabel = "NAME", description = "the replica that pushed; with --local")
    private @Nullable String replica;

    @Option(names = "--local", paramLabel = "N", description = "its local seq; with --replica")
    private @Nullable Long localSeq;

    @Option(names = "--incarnation", paramLabel = "NAME", description = "the replica's incarnation (default \"0\")")
    private @Nullable String incarnation;

    @Option(names = "--seq", paramLabel = "S", description = "the cloud seq, for the other way round")
    private @Nullable Long seq;

    SeqCommand(Surroundings surroundings) {
        this.server = new ServerFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        boolean forward = replica != null && localSeq != null && seq == null;
        boolean back = seq != null && replica == null && localSeq == null;
        if (!forward && !back) throw new UsageFailure("give either --replica and --local, or --seq");
        JsonNode answer = forward ? ofMutation() : ofSeq();
        result.print(text(answer), answer);
        return 0;
    }

    private JsonNode ofMutation() {
        String name = replica == null ? "" : replica;
        long local = localSeq == null ? 0 : localSeq;
        Resource resource = Resource.ofProject(project)
                .part("replicas")
                .name(name)
                .part("seqs")
                .with("from", local)
                .with("to", local);
        if (incarnation != null) resource.with("incarnation", incarnation);
        for (JsonNode row : server.list(resource)) if (row.path("local_seq").asLong() == local) return row;
        throw new CommandFailure("no outcome is known for local seq " + local + " of replica " + name
                + (incarnation == null ? "" : ", incarnation " + incarnation) + " in project " + project
                + ": it was never decided, or longer ago than the mapping is kept");
    }

    private JsonNode ofSeq() {
        return server.json(Resource.ofProject(project).part("seqs").part(String.valueOf(seq)));
    }

    private static String text(JsonNode answer) {
        StringJoiner lines = new StringJoiner("\n");
        answer.fields().forEachRemaining(member -> {
            if (!member.getValue().isContainerNode())
                lines.add(member.getKey() + "  " + member.getValue().asText());
            else for (JsonNode element : member.getValue()) lines.add(member.getKey() + "  " + element);
        });
        return lines.toString();
    }
}
