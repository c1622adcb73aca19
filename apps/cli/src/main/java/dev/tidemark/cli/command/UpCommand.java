package dev.tidemark.cli.command;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.Flag;
import dev.tidemark.cli.config.SettingCatalogue;
import dev.tidemark.cli.embedded.ConnectWorker;
import dev.tidemark.cli.embedded.EmbeddedBroker;
import dev.tidemark.cli.embedded.Neighbour;
import dev.tidemark.cli.embedded.Ports;
import dev.tidemark.cli.embedded.RunDirectory;
import dev.tidemark.cli.embedded.RunLog;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "up",
        description = {
            "Run everything in this process: Kafka, its data on disk, a Connect worker, and the backbone.",
            "",
            "Prints one line, `ready URL`, when all of it can be used, and runs until Ctrl-C.",
            ""
        })
final class UpCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigFlags config;

    @Option(names = "--data", paramLabel = "DIR", description = "where all data is kept (default .tidemark)")
    private @Nullable String directory;

    @Option(names = "--port", paramLabel = "PORT", description = "port of the HTTP API (default 7070)")
    private @Nullable String port;

    @Option(
            names = "--kafka-port",
            paramLabel = "PORT",
            description = "port of Kafka; the next one is taken too (default 19092)")
    private @Nullable String kafkaPort;

    @Option(names = "--connect-port", paramLabel = "PORT", description = "port of the Connect worker (default 18083)")
    private @Nullable String connectPort;

    @Option(names = "--no-connect", description = "run no Connect worker")
    private boolean withoutConnect;

    @Option(names = "--demo", description = "start with a demo source")
    private boolean demo;

    UpCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.config = new ConfigFlags(surroundings);
    }

    @Override
    public Integer call() {
        if (demo)
            throw new UsageFailure("--demo needs the PostgreSQL source, which this release does not have yet;"
                    + " run `tidemark up` without it and push a file");
        EffectiveConfig settings = config.resolve(flags());
        try (Lifetime lifetime = Lifetime.untilSignal(surroundings);
                RunDirectory home = RunDirectory.claim(settings.path(SettingCatalogue.DATA_DIR))) {
            lifetime.haltOn(home::shortage);
            RunLog.open(home.logFile(), settings.text(SettingCatalogue.LOG_LEVEL));
            requirePorts(settings);
            try (EmbeddedBroker broker =
                    EmbeddedBroker.start(home.kafka(), settings.port(SettingCatalogue.KAFKA_PORT))) {
                if (lifetime.isStopping()) return 0;
                BackboneRun.with(surroundings, lifetime)
                        .run(
                                backboneProperties(settings, home, broker),
                                broker::failure,
                                () -> connectWorker(settings, home, broker));
            }
        }
        return 0;
    }

    private Map<String, Flag> flags() {
        return new GivenFlags()
                .with(SettingCatalogue.DATA_DIR, "--data", directory)
                .with(SettingCatalogue.HTTP_PORT, "--port", port)
                .with(SettingCatalogue.KAFKA_PORT, "--kafka-port", kafkaPort)
                .with(SettingCatalogue.CONNECT_PORT, "--connect-port", connectPort)
                .with(SettingCatalogue.CONNECT, "--no-connect", withoutConnect ? "false" : null)
                .settings();
    }

    private static void requirePorts(EffectiveConfig settings) {
        int kafka = settings.port(SettingCatalogue.KAFKA_PORT);
        int controller = EmbeddedBroker.controllerPort(kafka);
        Ports.requireFree(
                settings.text(SettingCatalogue.HTTP_HOST), settings.port(SettingCatalogue.HTTP_PORT), "--port");
        Ports.requireFree(EmbeddedBroker.HOST, kafka, "--kafka-port");
        Ports.requireFree(EmbeddedBroker.HOST, controller, "--kafka-port (Kafka's controller takes the one after it)");
        if (settings.isOn(SettingCatalogue.CONNECT))
            Ports.requireFree(
                    EmbeddedBroker.HOST,
                    settings.port(SettingCatalogue.CONNECT_PORT),
                    "--connect-port (--no-connect runs no worker)");
    }

    private static Neighbour connectWorker(EffectiveConfig settings, RunDirectory home, EmbeddedBroker broker) {
        return settings.isOn(SettingCatalogue.CONNECT)
                ? ConnectWorker.start(
                        home.plugins(), broker.bootstrapServers(), settings.port(SettingCatalogue.CONNECT_PORT))
                : Neighbour.NONE;
    }

    private static Map<String, String> backboneProperties(
            EffectiveConfig settings, RunDirectory home, EmbeddedBroker broker) {
        Map<String, String> properties = new HashMap<>();
        properties.put("replication.factor", "1");
        properties.put("topics.create", "true");
        properties.putAll(settings.saidForBackbone());
        properties.put(SettingCatalogue.BOOTSTRAP, broker.bootstrapServers());
        properties.put(SettingCatalogue.STATE_DIR, home.state().toString());
        return properties;
    }
}
