package dev.tidemark.cli.it;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.awaitility.core.ConditionTimeoutException;
import org.jspecify.annotations.Nullable;

/** {@code tidemark up} as a child process, without its Connect worker unless asked for; on one directory and the same ports however often it is started. */
final class Up implements AutoCloseable {
    private static final Pattern STAMPED = Pattern.compile("\\d{4}-\\d\\d-\\d\\dT");
    /** Far beyond what is promised: whoever promises less asserts it on what {@link #start} returns. */
    private static final Duration READY_MAX = Duration.ofSeconds(120);

    private static final Duration STOP_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    private final Path data;
    private final Path work;
    private final List<String> settings;
    private final boolean connect;
    private final int kafkaPort = FreePorts.neighbours(4);
    private final int httpPort = kafkaPort + 2;
    private final int connectPort = kafkaPort + 3;
    private @Nullable Child child;
    private long launchedNs;

    private Up(Path data, Path work, List<String> settings, boolean connect) {
        this.data = data;
        this.work = work;
        this.settings = settings;
        this.connect = connect;
    }

    /**
     * @param home empty or used before by another
     * @param settings NAME=VALUE
     */
    static Up in(Path home, String... settings) {
        return new Up(home.resolve("data"), home.resolve("work"), List.of(settings), false);
    }

    /** With its Connect worker. */
    static Up withConnect(Path home) {
        return new Up(home.resolve("data"), home.resolve("work"), List.of(), true);
    }

    /** @param work where its output goes: not on the disk that is filled */
    static Up on(Path data, Path work) {
        return new Up(data, work, List.of(), false);
    }

    /** A new one that is ready. */
    static Up ready(Path home, String... settings) {
        Up up = in(home, settings);
        up.start();
        return up;
    }

    /** @return how long it took until it said ready */
    Duration start() {
        launch();
        return awaitReady();
    }

    /** Starts it and does not wait. */
    Child launch() {
        launchedNs = System.nanoTime();
        Child launched = another();
        child = launched;
        return launched;
    }

    /** The same command once more, in a process of its own that is the caller's. */
    Child another() {
        List<String> arguments = new ArrayList<>(List.of("up", "--data", data.toString()));
        arguments.addAll(List.of("--port", "" + httpPort, "--kafka-port", "" + kafkaPort));
        arguments.addAll(connect ? List.of("--connect-port", "" + connectPort) : List.of("--no-connect"));
        for (String setting : settings) arguments.addAll(List.of("--set", setting));
        return Child.start(work, Child.SERVER_FLAGS, arguments);
    }

    Duration awaitReady() {
        Child running = child();
        try {
            await("up says ready")
                    .atMost(READY_MAX)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(LOOK_EVERY)
                    .until(() -> running.out().contains("ready " + server()) || !running.isAlive());
        } catch (ConditionTimeoutException e) {
            throw new AssertionError(
                    "not ready within " + READY_MAX + ": " + running.err() + health() + "\n" + troubles(), e);
        }
        if (!running.isAlive()) throw new AssertionError("up ended: " + running.err() + "\n" + troubles());
        return Duration.ofNanos(System.nanoTime() - launchedNs);
    }

    private String health() {
        try {
            return api().get("/health/ready").text();
        } catch (UncheckedIOException e) {
            return e.getMessage();
        }
    }

    Child child() {
        if (child == null) throw new IllegalStateException("not started");
        return child;
    }

    String server() {
        return "http://127.0.0.1:" + httpPort;
    }

    String bootstrap() {
        return "127.0.0.1:" + kafkaPort;
    }

    int httpPort() {
        return httpPort;
    }

    int kafkaPort() {
        return kafkaPort;
    }

    Path data() {
        return data;
    }

    Path work() {
        return work;
    }

    Api api() {
        return new Api(server());
    }

    int connectPort() {
        return connectPort;
    }

    /** The worker's own HTTP. */
    Api connect() {
        return new Api("http://127.0.0.1:" + connectPort);
    }

    ProjectApi project(String name) {
        return new ProjectApi(api(), name);
    }

    void kill() {
        child().kill();
    }

    /** As Ctrl-C does it. @return the exit status */
    int stop() {
        child().terminate();
        return child().awaitExit(STOP_MAX);
    }

    /** The last warnings and errors of its log, with where they came from, for the text of a failure. */
    String troubles() {
        try {
            List<String> bad = new ArrayList<>();
            boolean isBad = false;
            for (String line : Files.readAllLines(data.resolve("logs").resolve("tidemark.log"))) {
                if (STAMPED.matcher(line).lookingAt()) isBad = line.contains(" ERROR ") || line.contains(" WARN ");
                if (isBad) bad.add(line);
            }
            return String.join("\n", bad.subList(Math.max(0, bad.size() - 80), bad.size()));
        } catch (IOException e) {
            return "(no log: " + e.getMessage() + ")";
        }
    }

    @Override
    public void close() {
        if (child != null) child.close();
    }
}
