package dev.tidemark.cli.command;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.backbone.BackboneRefusal;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import dev.tidemark.cli.embedded.Neighbour;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.config.ConfigException;

/** Runs the backbone for as long as it is wanted and well, and says when it is ready. */
final class BackboneRun {
    private final Surroundings surroundings;
    private final Lifetime lifetime;

    private BackboneRun(Surroundings surroundings, Lifetime lifetime) {
        this.surroundings = surroundings;
        this.lifetime = lifetime;
    }

    static BackboneRun with(Surroundings surroundings, Lifetime lifetime) {
        return new BackboneRun(surroundings, lifetime);
    }

    /**
     * Returns when asked to stop, with the backbone closed.
     *
     * @param broker why the Kafka of this process has failed, if it has one and it has
     * @param beside starts what runs beside the backbone, once it is wired
     * @throws CommandFailure if the backbone refuses to start, or fails
     */
    void run(Map<String, String> properties, Supplier<Optional<String>> broker, Supplier<Neighbour> beside) {
        try (Backbone backbone = Backbone.start(config(properties));
                Neighbour neighbour = beside.get()) {
            Supplier<Optional<String>> failure =
                    () -> broker.get().or(backbone::failure).or(neighbour::failure);
            lifetime.awaitReady(() -> backbone.isReady() && neighbour.isReady(), failure);
            if (!lifetime.isStopping()) sayReady(backbone.address());
            lifetime.awaitStop(failure);
        } catch (BackboneRefusal refusal) {
            throw new CommandFailure(text(refusal), refusal);
        }
    }

    private static String text(BackboneRefusal refusal) {
        String reason = String.valueOf(refusal.getMessage());
        return reason.startsWith(refusal.code()) ? reason : refusal.code() + ": " + reason;
    }

    private static BackboneConfig config(Map<String, String> properties) {
        try {
            return BackboneConfig.of(properties);
        } catch (ConfigException | IllegalArgumentException e) {
            throw new UsageFailure("configuration: " + e.getMessage());
        }
    }

    private void sayReady(URI address) {
        String url = address.toString();
        String line = "ready " + (url.endsWith("/") ? url.substring(0, url.length() - 1) : url) + "\n";
        try {
            surroundings.out().write(line.getBytes(StandardCharsets.UTF_8));
            surroundings.out().flush();
        } catch (IOException e) {
            throw new CommandFailure("cannot write to stdout: " + e.getMessage(), e);
        }
    }
}
