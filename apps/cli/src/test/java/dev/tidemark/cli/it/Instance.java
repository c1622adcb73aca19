package dev.tidemark.cli.it;

import static org.awaitility.Awaitility.await;

import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One {@code tidemark serve} of several on the same Kafka, as a child process with a directory and a port of its own. */
final class Instance implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofSeconds(90);
    private static final int PARTITIONS = 6;
    static final String SECRET = "known-to-all";

    private final String bootstrap;
    private final Path home;
    private final int port = FreePorts.neighbours(1);
    private @Nullable Child child;

    private Instance(String bootstrap, Path home) {
        this.bootstrap = bootstrap;
        this.home = home;
    }

    static Instance of(String bootstrap, Path home) {
        return new Instance(bootstrap, home);
    }

    Instance start(String... settings) {
        List<String> arguments = new ArrayList<>(List.of("serve", "--bootstrap", bootstrap, "--port", "" + port));
        arguments.addAll(List.of("--data", home.resolve("data").toString()));
        arguments.addAll(List.of("--set", "partitions=" + PARTITIONS, "--set", "replication.factor=1"));
        arguments.addAll(List.of("--set", "topics.create=true", "--set", "cluster.secret=" + SECRET));
        for (String setting : settings) arguments.addAll(List.of("--set", setting));
        child = Child.start(home.resolve("work"), List.of("-Xmx512m"), arguments);
        return this;
    }

    Instance awaitReady() {
        Child running = child();
        await("an instance is ready").atMost(READY_MAX).until(() -> !running.isAlive() || isReady());
        if (!running.isAlive()) throw new AssertionError("serve ended: " + running.err());
        return this;
    }

    boolean isReady() {
        try {
            return api().get("/health/ready").status() == 200;
        } catch (UncheckedIOException e) {
            return false;
        }
    }

    /** Partitions that it serves now. */
    int owns() {
        try {
            return api().get("/health/ready").json().path("partitions").size();
        } catch (UncheckedIOException e) {
            return 0;
        }
    }

    Child child() {
        if (child == null) throw new IllegalStateException("not started");
        return child;
    }

    String server() {
        return "http://127.0.0.1:" + port;
    }

    Api api() {
        return new Api(server());
    }

    ProjectApi project(String name) {
        return new ProjectApi(api(), name);
    }

    @Override
    public void close() {
        if (child != null) child.close();
    }
}
