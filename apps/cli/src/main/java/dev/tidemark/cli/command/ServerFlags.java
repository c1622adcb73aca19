package dev.tidemark.cli.command;

import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.Flag;
import dev.tidemark.cli.config.SettingCatalogue;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Which server a command talks to, and how long it insists. */
final class ServerFlags {
    private final Surroundings surroundings;

    @Mixin
    private final ConfigFlags config;

    @Option(
            names = "--server",
            paramLabel = "URL",
            description = "the server to talk to (default http://127.0.0.1:7070, env TIDEMARK_SERVER)")
    private @Nullable String address;

    @Option(
            names = "--retry-for",
            paramLabel = "SECONDS",
            defaultValue = "60",
            description = "how long to try again while a server that answered before does not, or is busy"
                    + " (default ${DEFAULT-VALUE})")
    private int retryForSeconds;

    ServerFlags(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.config = new ConfigFlags(surroundings);
    }

    EffectiveConfig settings() {
        return config.resolve(
                address == null ? Map.of() : Map.of(SettingCatalogue.SERVER, new Flag("--server", address)));
    }

    ServerClient client() {
        return ServerClient.at(settings().text(SettingCatalogue.SERVER));
    }

    Duration retryFor() {
        return Duration.ofSeconds(Math.max(0, retryForSeconds));
    }

    /** For requests that may be repeated; says on stderr what it waits for. */
    Patience patience() {
        return Patience.of(retryFor(), surroundings.err()::println);
    }
}
