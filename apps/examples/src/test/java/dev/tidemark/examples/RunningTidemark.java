package dev.tidemark.examples;

import static org.awaitility.Awaitility.await;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.backbone.BackboneRefusal;
import dev.tidemark.cli.embedded.EmbeddedBroker;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** A backbone that is ready, on a broker of its own in this process or on one that is running. */
final class RunningTidemark implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofSeconds(60);

    private final AutoCloseable broker;
    private final String bootstrap;
    private final Backbone backbone;

    private RunningTidemark(AutoCloseable broker, String bootstrap, Backbone backbone) {
        this.broker = broker;
        this.bootstrap = bootstrap;
        this.backbone = backbone;
    }

    static RunningTidemark embedded() throws Exception {
        Path home = Files.createTempDirectory(Path.of("target"), "tidemark").toAbsolutePath();
        EmbeddedBroker broker = EmbeddedBroker.start(Files.createDirectories(home.resolve("kafka")), freePort());
        return on(broker, broker.bootstrapServers(), home);
    }

    /** @param broker closed with the backbone */
    static RunningTidemark on(AutoCloseable broker, String bootstrap, Path home) throws BackboneRefusal {
        Backbone backbone = Backbone.start(BackboneConfig.of(Map.of(
                "bootstrap.servers", bootstrap,
                "state.dir", home.resolve("state").toString(),
                "http.port", "0",
                "partitions", "6",
                "replication.factor", "1",
                "topics.create", "true")));
        await("the backbone is ready").atMost(READY_MAX).until(() -> {
            backbone.failure().ifPresent(text -> {
                throw new AssertionError(text);
            });
            return backbone.isReady();
        });
        return new RunningTidemark(broker, bootstrap, backbone);
    }

    String bootstrap() {
        return bootstrap;
    }

    String server() {
        String address = backbone.address().toString();
        return address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
    }

    String registry() {
        return server() + "/registry";
    }

    @Override
    public void close() throws Exception {
        backbone.close();
        broker.close();
    }

    private static int freePort() throws IOException {
        for (int port = 21_000 + (int) (ProcessHandle.current().pid() % 5_000); ; port += 2) {
            if (isFree(port) && isFree(port + 1)) return port;
        }
    }

    private static boolean isFree(int port) {
        try (ServerSocket probe = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            return probe.isBound();
        } catch (IOException taken) {
            return false;
        }
    }
}
