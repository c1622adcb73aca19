package dev.tidemark.cli.command;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.push.Push;
import dev.tidemark.cli.push.PushOrder;
import dev.tidemark.cli.push.PushReport;
import dev.tidemark.model.Names;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "push",
        description = {
            "Push mutations, in file order, until each has an outcome.",
            "",
            "FILE is NDJSON, plain or gzip; many replicas may stand in one file. After an interruption run the same"
                    + " command again: what is decided already answers duplicate, nothing is doubled.",
            ""
        })
final class PushCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ServerFlags server;

    @Mixin
    private final ResultFlags result;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "the project to push to")
    private String project = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "FILE",
            description = "file of mutations; - or none for stdin")
    private @Nullable Path file;

    @Option(names = "--replica", paramLabel = "NAME", description = "the replica of lines that name none")
    private @Nullable String replica;

    @Option(
            names = "--batch",
            paramLabel = "N",
            defaultValue = "" + PushOrder.BATCH_LINES_DEFAULT,
            description = "most mutations of one request (default ${DEFAULT-VALUE})")
    private int batchLines;

    PushCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.server = new ServerFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        Push push = new Push(order(), server.client(), surroundings);
        try {
            push.run();
        } catch (CommandFailure failure) {
            if (!push.report().isEmpty()) print(push.report());
            throw failure;
        }
        PushReport report = push.report();
        print(report);
        if (report.isClean()) return 0;
        throw new CommandFailure(report.trouble());
    }

    private void print(PushReport report) {
        result.print(report.text(), report.json());
    }

    private PushOrder order() {
        if (batchLines < 1) throw new UsageFailure("--batch is " + batchLines + ", it must be at least 1");
        if (!Names.isName(project)) throw new UsageFailure("'" + project + "' is not the name of a project");
        if (replica != null && !Names.isName(replica))
            throw new UsageFailure("'" + replica + "' is not the name of a replica");
        Optional<Path> source =
                Optional.ofNullable(file).filter(named -> !named.toString().equals("-"));
        return new PushOrder(project, source, Optional.ofNullable(replica), batchLines, server.retryFor());
    }
}
