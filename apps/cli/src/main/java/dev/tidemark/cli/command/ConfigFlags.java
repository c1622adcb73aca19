package dev.tidemark.cli.command;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.config.ConfigSources;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.Flag;
import dev.tidemark.cli.config.PropertiesFile;
import dev.tidemark.cli.config.SettingCatalogue;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The flags that every configured command has, and how they become settings. */
final class ConfigFlags {
    private final Surroundings surroundings;

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description =
                    "properties file of settings (also TIDEMARK_CONFIG; else ./tidemark.properties if it is there)")
    private @Nullable Path file;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "any setting, kafka.*, admit.* and materialize.* included; may be repeated")
    private Map<String, String> set = new LinkedHashMap<>();

    ConfigFlags(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    EffectiveConfig resolve() {
        return resolve(Map.of());
    }

    /** @param own settings that the command has flags of its own for, by their names */
    EffectiveConfig resolve(Map<String, Flag> own) {
        Map<String, Flag> flags = new LinkedHashMap<>();
        set.forEach((name, text) -> flags.put(name, new Flag("--set", text)));
        flags.putAll(own);
        Map<String, String> environment = surroundings.environment();
        PropertiesFile found = PropertiesFile.find(file, environment, surroundings.workingDirectory());
        return EffectiveConfig.of(new SettingCatalogue(), new ConfigSources(flags, environment, found));
    }
}
