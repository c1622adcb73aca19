package dev.tidemark.cli.command;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.cluster.KafkaTarget;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.SettingCatalogue;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which Kafka a command works on, and how the topics there should be. */
final class KafkaFlags {
    @Mixin
    private final ConfigFlags config;

    @Option(
            names = "--bootstrap",
            paramLabel = "HOST:PORT",
            description = "brokers of the Kafka to work on (default: the embedded one, 127.0.0.1:19092)")
    private @Nullable String bootstrap;

    @Option(names = "--partitions", paramLabel = "N", description = "partitions of every topic")
    private @Nullable String partitions;

    @Option(names = "--replication", paramLabel = "N", description = "replicas of every topic")
    private @Nullable String replication;

    KafkaFlags(Surroundings surroundings) {
        this.config = new ConfigFlags(surroundings);
    }

    EffectiveConfig settings() {
        return config.resolve(new GivenFlags()
                .with(SettingCatalogue.BOOTSTRAP, "--bootstrap", bootstrap)
                .with("partitions", "--partitions", partitions)
                .with("replication.factor", "--replication", replication)
                .settings());
    }

    KafkaTarget target() {
        return new KafkaTarget(settings());
    }
}
