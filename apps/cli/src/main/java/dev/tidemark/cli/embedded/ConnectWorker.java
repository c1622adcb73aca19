package dev.tidemark.cli.embedded;

import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.connect.cli.ConnectDistributed;
import org.apache.kafka.connect.runtime.Connect;
import org.apache.kafka.connect.runtime.distributed.DistributedHerder;

/**
 * A distributed Kafka Connect worker in this process, the only one of its group; connectors, their offsets and states are
 * kept in the embedded Kafka. Invariants: it listens on the loopback address only; it is ready when the port is answered
 * by this worker and a connector can be created; its end is told to the owner and never ends the process.
 */
public final class ConnectWorker implements Neighbour {
    /** Its threads, and those that they start: whose wish to end the process is the worker's. */
    private static final ThreadGroup THREADS = new ThreadGroup("connect");

    private final int port;
    private final WorkerProbe probe;
    private final FutureTask<Connect<DistributedHerder>> start;

    private ConnectWorker(int port, Map<String, String> properties) {
        this.port = port;
        this.probe = new WorkerProbe(port);
        this.start = new FutureTask<>(() -> new ConnectDistributed().startConnect(properties));
    }

    /**
     * Begins to start one and returns at once: {@link #isReady} and {@link #failure} say what became of it.
     *
     * @param plugins where connectors may be put, beside those of the class path; created if it is not there
     * @throws CommandFailure if that cannot be a directory
     */
    public static ConnectWorker start(Path plugins, String bootstrapServers, int port) {
        try {
            Files.createDirectories(plugins);
        } catch (IOException e) {
            throw new CommandFailure("cannot create " + plugins + " for plugins of Connect: " + e.getMessage(), e);
        }
        // It is stopped by its owner, in his order, and not by a hook of its own as soon as the process is asked to
        // end.
        Exit.setShutdownHookAdder((name, hook) -> {});
        ConnectWorker worker = new ConnectWorker(port, ConnectSettings.of(plugins, bootstrapServers, port));
        Thread starter = new Thread(THREADS, worker.start, "connect-start");
        starter.setDaemon(true);
        starter.start();
        return worker;
    }

    /** Whether a thread belongs to a worker. */
    static boolean owns(Thread thread) {
        ThreadGroup group = thread.getThreadGroup();
        return group != null && THREADS.parentOf(group);
    }

    @Override
    public boolean isReady() {
        return start.isDone()
                && failure().isEmpty()
                && probe.isAnsweredBy(started().herder().kafkaClusterId());
    }

    @Override
    public Optional<String> failure() {
        if (!start.isDone()) return Optional.empty();
        try {
            return started().herderTask().isDone()
                    ? Optional.of("the Connect worker stopped, see the log; `--no-connect` runs without one")
                    : Optional.empty();
        } catch (CommandFailure notStarted) {
            return Optional.of(String.valueOf(notStarted.getMessage()));
        }
    }

    /** Waits for a start that is under way, then stops its connectors and tasks in the worker's own bounds. */
    @Override
    public void close() {
        try {
            Connect<DistributedHerder> worker = started();
            worker.stop();
            worker.awaitStop();
        } catch (CommandFailure notStarted) {
            // there is nothing to stop, and why is known already
        }
    }

    private Connect<DistributedHerder> started() {
        try {
            return start.get();
        } catch (ExecutionException | CancellationException e) {
            throw new CommandFailure(
                    "the Connect worker does not start on port " + port + ": " + reason(e)
                            + "; --connect-port chooses another port, --no-connect runs without it",
                    e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }

    /** The first cause: Connect wraps it in sentences that say less. */
    private static String reason(Throwable e) {
        Throwable first = e;
        while (first.getCause() != null) first = first.getCause();
        return first.getMessage() == null ? first.getClass().getSimpleName() : first.getMessage();
    }
}
