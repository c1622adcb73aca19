package dev.tidemark.bench.command;

import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.report.Result;
import dev.tidemark.bench.report.ResultJson;
import dev.tidemark.bench.report.Table;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every run takes, and how its result goes out: the table to stdout, JSON to a file, progress to stderr. */
final class RunFlags {
    private static final String PARTITIONS = "partitions";

    private final Surroundings surroundings;

    @Option(names = "--full", description = "the sizes of the published results; takes minutes")
    boolean full;

    @Option(
            names = "--work",
            paramLabel = "DIR",
            description =
                    "where data is kept during the run, on the disk to be measured (default: the temporary directory)")
    private Path work = Path.of(System.getProperty("java.io.tmpdir"));

    @Option(names = "--json", paramLabel = "FILE", description = "write the result there too")
    private @Nullable Path json;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "a setting of the backbone, or of both topologies as admit.NAME, materialize.NAME")
    private Map<String, String> settings = new LinkedHashMap<>();

    @Option(
            names = "--seed",
            paramLabel = "N",
            description = "the same seed pushes the same (default ${DEFAULT-VALUE})")
    long seed = 1;

    RunFlags(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /** The option's value, else what fits the size of the run. */
    int size(@Nullable Integer given, int small, int whole) {
        if (given != null) return given;
        return full ? whole : small;
    }

    Place place() {
        return Place.under(work.toAbsolutePath());
    }

    Map<String, String> settings() {
        return settings;
    }

    /** Of every topic, also of those of bare topologies. */
    int partitions() {
        try {
            return Integer.parseInt(settings.getOrDefault(PARTITIONS, "6"));
        } catch (NumberFormatException e) {
            throw new UsageFailure("partitions must be a number, not " + settings.get(PARTITIONS));
        }
    }

    /** Those of Admit alone, without their prefix: the bare topologies have them too. */
    Map<String, String> admitSettings() {
        Map<String, String> own = new LinkedHashMap<>();
        settings.forEach((name, value) -> {
            if (name.startsWith("admit.")) own.put(name.substring("admit.".length()), value);
        });
        return own;
    }

    void say(String progress) {
        surroundings.err().println(progress);
    }

    int print(Result result) {
        if (!settings.isEmpty()) result.setting("set", settings);
        result.setting("seed", seed);
        String text = new Table(result.measures()) + "\n" + result.machine() + "\n" + result.command() + " "
                + result.settings() + "\n";
        try {
            surroundings.out().write(text.getBytes(StandardCharsets.UTF_8));
            surroundings.out().flush();
            if (json != null) Files.writeString(json, ResultJson.of(result));
            return 0;
        } catch (IOException e) {
            throw new CommandFailure("cannot write the result: " + e.getMessage(), e);
        }
    }
}
