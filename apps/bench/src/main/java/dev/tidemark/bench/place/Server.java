package dev.tidemark.bench.place;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A server in a process of its own, on one directory and the same ports however often it is started. */
public final class Server implements AutoCloseable {
    private static final String HOST = "127.0.0.1";

    private final Path home;
    private final List<String> command;
    private final int kafkaPort;
    private final int httpPort;
    private @Nullable Child child;

    private Server(Path home, List<String> command, int kafkaPort) {
        this.home = home;
        this.command = command;
        this.kafkaPort = kafkaPort;
        this.httpPort = kafkaPort + 2;
    }

    /** {@code tidemark up} without its Connect worker: what is measured is the backbone. */
    public static Server up(Path home, Map<String, String> settings) {
        int port = FreePorts.neighbours(3);
        List<String> arguments = new ArrayList<>(
                List.of("up", "--data", home.resolve("data").toString(), "--port", "" + (port + 2), "--kafka-port"));
        arguments.add("" + port);
        arguments.add("--no-connect");
        settings.forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
        return new Server(home, Launch.tidemark(arguments), port);
    }

    /**
     * A broker and a bare topology in one process, as {@code up} is.
     *
     * @param main class that takes the arguments
     */
    public static Server bare(Path home, String main, List<String> arguments) {
        int port = FreePorts.neighbours(3);
        List<String> command = new ArrayList<>(Launch.java(main));
        command.addAll(arguments);
        command.addAll(List.of("--data", home.resolve("data").toString(), "--kafka-port", "" + port));
        return new Server(home, command, port);
    }

    /** @return how long it took until it said ready */
    public Duration start() {
        long begunNs = System.nanoTime();
        launch();
        child().awaitReady();
        return Duration.ofNanos(System.nanoTime() - begunNs);
    }

    /** Starts it and does not wait. */
    public void launch() {
        child = Child.start(home, command);
    }

    public Child child() {
        if (child == null) throw new IllegalStateException("not started");
        return child;
    }

    public String bootstrap() {
        return HOST + ":" + kafkaPort;
    }

    public String url() {
        return "http://" + authority();
    }

    /** Host and port of the gateway. */
    public String authority() {
        return HOST + ":" + httpPort;
    }

    public InetSocketAddress http() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), httpPort);
    }

    @Override
    public void close() {
        if (child != null) child.close();
    }
}
