package dev.tidemark.cli.command;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.Flag;
import dev.tidemark.cli.config.SettingCatalogue;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What is repaired, and whether it may be. */
final class RepairFlags {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigFlags config;

    @Option(names = "--data", paramLabel = "DIR", description = "directory of `tidemark up` (default .tidemark)")
    private @Nullable String directory;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "brokers of a Kafka of yours, instead of --data; stop every `tidemark serve` first")
    private @Nullable String bootstrap;

    @Option(names = "--dry-run", description = "say what is wrong and what would be done, and change nothing")
    private boolean dryRun;

    @Option(names = "--yes", description = "do it without asking")
    private boolean yes;

    RepairFlags(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.config = new ConfigFlags(surroundings);
    }

    boolean isDryRun() {
        return dryRun;
    }

    RepairPlace open() {
        if (directory != null && bootstrap != null)
            throw new UsageFailure("--data and --bootstrap name two different Kafkas; give one of them");
        Map<String, Flag> flags = new HashMap<>();
        if (directory != null) flags.put(SettingCatalogue.DATA_DIR, new Flag("--data", directory));
        if (bootstrap != null) flags.put(SettingCatalogue.BOOTSTRAP, new Flag("--bootstrap", bootstrap));
        EffectiveConfig settings = config.resolve(flags);
        boolean isOfUser =
                directory == null && !settings.text(SettingCatalogue.BOOTSTRAP).isEmpty();
        return isOfUser ? RepairPlace.onCluster(settings) : RepairPlace.inDirectory(settings);
    }

    /** @throws CommandFailure unless somebody says yes */
    void requireConsent() {
        if (yes) return;
        surroundings.err().print("Do this? [y/N] ");
        surroundings.err().flush();
        if (!answer().strip().toLowerCase(java.util.Locale.ROOT).startsWith("y"))
            throw new CommandFailure("nothing was changed; answer y, or give --yes, to go on");
    }

    private String answer() {
        try {
            String line =
                    new BufferedReader(new InputStreamReader(surroundings.in(), StandardCharsets.UTF_8)).readLine();
            return line == null ? "" : line;
        } catch (IOException e) {
            return "";
        }
    }
}
