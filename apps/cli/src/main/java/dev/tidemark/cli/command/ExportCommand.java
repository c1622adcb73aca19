package dev.tidemark.cli.command;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.read.Export;
import dev.tidemark.cli.read.Export.Format;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "export",
        description = {
            "Print the state of a project now, one entity a line, ordered by type and key.",
            "",
            "It is one consistent state: everything is read to a complete cursor and must have the digest that the server"
                    + " gives there; else nothing is printed. All entities are held in memory meanwhile, about three"
                    + " times their size; for more give TIDEMARK_JAVA_OPTS=-Xmx4g.",
            ""
        })
final class ExportCommand implements Callable<Integer> {
    private final Surroundings surroundings;
    private final ReadProgress progress;

    @Mixin
    private final ServerFlags server;

    @Mixin
    private final ResultFlags result;

    @Parameters(index = "0", paramLabel = "PROJECT", description = "the project to export")
    private String project = "";

    @Option(
            names = "--format",
            paramLabel = "FORMAT",
            defaultValue = "ndjson",
            description = "ndjson or csv (default ${DEFAULT-VALUE}); csv has a column for each top-level field")
    private String format = "";

    ExportCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.progress = new ReadProgress(surroundings);
        this.server = new ServerFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        Format wanted = format();
        if (result.isJson() && wanted == Format.CSV)
            throw new UsageFailure("--json and --format csv exclude each other");
        new Export(project, server.client(), server.patience(), progress::read).write(wanted, surroundings.out());
        return 0;
    }

    private Format format() {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "ndjson" -> Format.NDJSON;
            case "csv" -> Format.CSV;
            case "parquet" -> throw new UsageFailure("--format parquet is not there yet; take ndjson or csv");
            default -> throw new UsageFailure("--format is '" + format + "', it must be ndjson or csv");
        };
    }
}
