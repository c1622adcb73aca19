package dev.tidemark.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.client.Patience;
import dev.tidemark.cli.client.Resource;
import dev.tidemark.cli.client.ServerClient;
import dev.tidemark.cli.config.EffectiveConfig;
import dev.tidemark.cli.config.SettingCatalogue;
import java.time.Duration;
import java.util.List;
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
        return config.resolve(new GivenFlags()
                .with(SettingCatalogue.SERVER, "--server", address)
                .settings());
    }

    ServerClient client() {
        return ServerClient.at(settings().text(SettingCatalogue.SERVER));
    }

    /** What stands at the resource; asked again while a failure may pass. */
    JsonNode json(Resource resource) {
        ServerClient client = client();
        return patience().insist(() -> client.getJson(resource));
    }

    /** The rows that stand at the resource, of the one kind that is an array; asked again while a failure may pass. */
    List<JsonNode> list(Resource resource) {
        ServerClient client = client();
        return patience().insist(() -> client.get(resource).list());
    }

    Duration retryFor() {
        return Duration.ofSeconds(Math.max(0, retryForSeconds));
    }

    /** For requests that may be repeated; says on stderr what it waits for. */
    Patience patience() {
        return Patience.of(retryFor(), surroundings.err()::println);
    }
}
