package dev.tidemark.cli.embedded;

import dev.tidemark.cli.CommandFailure;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.internals.FatalExitError;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;
import org.jspecify.annotations.Nullable;

/**
 * The real KRaft broker in this process, its log on disk. Invariants: it listens on the loopback address only; what it
 * has acknowledged survives the death of the process.
 */
public final class EmbeddedBroker implements AutoCloseable {
    public static final String HOST = "127.0.0.1";

    private final int port;
    private final KafkaRaftServer server;
    private final AtomicReference<@Nullable String> failure;

    private EmbeddedBroker(int port, KafkaRaftServer server, AtomicReference<@Nullable String> failure) {
        this.port = port;
        this.server = server;
        this.failure = failure;
    }

    /**
     * Formats the directory if it is new, starts the broker and returns when clients can connect.
     *
     * @param port of the broker; the controller takes the next one
     * @throws CommandFailure if the broker does not start
     */
    public static EmbeddedBroker start(Path directory, int port) {
        AtomicReference<@Nullable String> failure = new AtomicReference<>();
        keepProcessAlive(directory, failure);
        try {
            if (Files.exists(directory.resolve("meta.properties"))) StaleRegistration.end(directory, port);
            else format(directory);
            return started(BrokerSettings.of(directory, port), port, failure);
        } catch (Exception | FatalExitError e) {
            throw new CommandFailure(
                    "the embedded Kafka does not start on " + directory + ": "
                            + DiskRoom.of(directory).shortage().orElse(reason(e, failure)),
                    e);
        }
    }

    private static EmbeddedBroker started(Properties properties, int port, AtomicReference<@Nullable String> failure) {
        KafkaRaftServer server = new KafkaRaftServer(KafkaConfig.fromProps(properties), Time.SYSTEM);
        try {
            server.startup();
            return new EmbeddedBroker(port, server, failure);
        } catch (RuntimeException | Error e) {
            server.shutdown();
            throw e;
        }
    }

    public static int controllerPort(int port) {
        return port + 1;
    }

    public String bootstrapServers() {
        return HOST + ":" + port;
    }

    /** Why the broker died by itself, if it did: a line for a person. */
    public Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    @Override
    public void close() {
        server.shutdown();
        server.awaitShutdown();
    }

    private static void format(Path directory) throws Exception {
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(Uuid.randomUuid().toString())
                .setNodeId(BrokerSettings.NODE_ID)
                .setControllerListenerName(BrokerSettings.CONTROLLER_LISTENER)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .run();
    }

    /** Kafka ends the process when its disk fails, Connect when its worker does; here they only say so, and the owner decides. */
    private static void keepProcessAlive(Path directory, AtomicReference<@Nullable String> failure) {
        Exit.Procedure record = (status, text) -> {
            if (!ConnectWorker.owns(Thread.currentThread()))
                failure.compareAndSet(
                        null,
                        "the embedded Kafka stopped: "
                                + DiskRoom.of(directory).shortage().orElse(otherThanFull(directory, text)));
            throw new FatalExitError(status == 0 ? 1 : status);
        };
        Exit.setExitProcedure(record);
        Exit.setHaltProcedure(record);
    }

    private static String otherThanFull(Path directory, @Nullable String text) {
        return (text == null ? "" : text + "; ") + "its directory " + directory + " failed, see the log";
    }

    private static String reason(Throwable e, AtomicReference<@Nullable String> failure) {
        String recorded = failure.get();
        if (recorded != null) return recorded;
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
