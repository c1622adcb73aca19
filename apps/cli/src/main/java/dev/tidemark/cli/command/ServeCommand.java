package dev.tidemark.cli.command;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.cluster.KafkaTarget;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.Flag;
import dev.tidemark.cli.config.SettingCatalogue;
import dev.tidemark.cli.embedded.Neighbour;
import dev.tidemark.cli.embedded.RunDirectory;
import dev.tidemark.cli.embedded.RunLog;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "serve",
        description = {
            "Run the backbone alone, on a Kafka that is there already.",
            "",
            "`tidemark topics create` makes its topics, `tidemark doctor` checks them. Prints one line, `ready URL`, when"
                    + " it can be used, and runs until Ctrl-C.",
            ""
        })
final class ServeCommand implements Callable<Integer> {
    /** Not where `up` keeps its own: stores belong to one cluster. */
    private static final String SUBDIRECTORY = "serve";

    private final Surroundings surroundings;

    @Mixin
    private final ConfigFlags config;

    @Option(names = "--bootstrap", paramLabel = "HOST:PORT", description = "brokers of the Kafka to use")
    private @Nullable String bootstrap;

    @Option(names = "--host", paramLabel = "ADDRESS", description = "address of the HTTP API (default 127.0.0.1)")
    private @Nullable String host;

    @Option(names = "--port", paramLabel = "PORT", description = "port of the HTTP API (default 7070)")
    private @Nullable String port;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "where stores and logs are kept (default .tidemark/serve)")
    private @Nullable String directory;

    ServeCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.config = new ConfigFlags(surroundings);
    }

    @Override
    public Integer call() {
        EffectiveConfig settings = config.resolve(flags());
        if (settings.text(SettingCatalogue.BOOTSTRAP).isEmpty())
            throw new UsageFailure(
                    "which Kafka? Give --bootstrap HOST:PORT (or run `tidemark up`, which brings its own)");
        KafkaTarget.requireListening(settings.text(SettingCatalogue.BOOTSTRAP));
        try (Lifetime lifetime = Lifetime.untilSignal(surroundings);
                RunDirectory home = RunDirectory.claim(home(settings))) {
            lifetime.haltOn(home::shortage);
            RunLog.open(home.logFile(), settings.text(SettingCatalogue.LOG_LEVEL));
            Map<String, String> properties = settings.saidForBackbone();
            properties.putIfAbsent(SettingCatalogue.STATE_DIR, home.state().toString());
            BackboneRun.with(surroundings, lifetime).run(properties, Optional::empty, () -> Neighbour.NONE);
        }
        return 0;
    }

    private Map<String, Flag> flags() {
        return new GivenFlags()
                .with(SettingCatalogue.BOOTSTRAP, "--bootstrap", bootstrap)
                .with(SettingCatalogue.HTTP_HOST, "--host", host)
                .with(SettingCatalogue.HTTP_PORT, "--port", port)
                .with(SettingCatalogue.DATA_DIR, "--data", directory)
                .settings();
    }

    private static Path home(EffectiveConfig settings) {
        Path directory = settings.path(SettingCatalogue.DATA_DIR);
        return settings.isDefault(SettingCatalogue.DATA_DIR) ? directory.resolve(SUBDIRECTORY) : directory;
    }
}
