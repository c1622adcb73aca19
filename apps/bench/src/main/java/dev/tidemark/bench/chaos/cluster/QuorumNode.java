package dev.tidemark.bench.chaos.cluster;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.embedded.EmbeddedBroker;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/** One of the brokers, in this process; formats its directory if it is new. A lone one is that of {@code up}. */
public final class QuorumNode implements AutoCloseable {
    private final String bootstrap;
    private final Runnable stopping;

    private QuorumNode(String bootstrap, Runnable stopping) {
        this.bootstrap = bootstrap;
        this.stopping = stopping;
    }

    /** Returns when it has joined the others. */
    public static QuorumNode start(Quorum quorum, int id, Path directory) {
        if (quorum.count() == 1)
            return new QuorumNode(quorum.bootstrap(), EmbeddedBroker.start(directory, quorum.port(id))::close);
        try {
            if (!Files.exists(directory.resolve("meta.properties"))) format(quorum, id, directory);
        } catch (Exception e) {
            throw new CommandFailure("cannot format " + directory + ": " + e.getMessage(), e);
        }
        KafkaRaftServer server =
                new KafkaRaftServer(KafkaConfig.fromProps(quorum.properties(id, directory)), Time.SYSTEM);
        server.startup();
        return new QuorumNode(quorum.bootstrap(), () -> {
            server.shutdown();
            server.awaitShutdown();
        });
    }

    /** Of all of them. */
    public String bootstrap() {
        return bootstrap;
    }

    @Override
    public void close() {
        stopping.run();
    }

    private static void format(Quorum quorum, int id, Path directory) throws Exception {
        Files.createDirectories(directory);
        new Formatter()
                .setPrintStream(new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
                .setClusterId(quorum.clusterId())
                .setNodeId(id)
                .setControllerListenerName(Quorum.CONTROLLER_LISTENER)
                .setDirectories(List.of(directory.toString()))
                .setMetadataLogDirectory(directory.toString())
                .run();
    }
}
