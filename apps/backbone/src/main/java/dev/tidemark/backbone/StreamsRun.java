package dev.tidemark.backbone;

import dev.tidemark.topology.CommitTellingClients;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Remedy;
import dev.tidemark.topology.fence.StateMismatch;
import dev.tidemark.topology.provision.StartRefused;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.common.config.ConfigException;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One of the two Kafka Streams applications while it runs. A broken invariant stops it for good and says why; a passing fault
 * replaces the thread, a bounded number of times.
 */
final class StreamsRun implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsRun.class);
    private static final int REPLACEMENTS_MAX = 20;
    private static final Duration REPLACEMENTS_WITHIN = Duration.ofMinutes(10);
    private static final Duration CLOSE = Duration.ofSeconds(10);

    private final String name;
    private final KafkaStreams streams;
    /** There, between runs, if the last one ended in order. */
    private final Path closedWell;

    private final AtomicReference<String> failure = new AtomicReference<>();
    private final ArrayDeque<Long> replacedNs = new ArrayDeque<>();

    /**
     * @param committed run on a stream thread when a transaction of it is committed
     * @throws BackboneRefusal if the settings are refused, or another process has the state directory
     */
    StreamsRun(String name, Topology topology, Properties settings, Runnable committed) throws BackboneRefusal {
        this.name = name;
        this.closedWell = Path.of(settings.getProperty(StreamsConfig.STATE_DIR_CONFIG), name + ".closed");
        try {
            this.streams = new KafkaStreams(topology, settings, new CommitTellingClients(committed));
        } catch (StreamsException | ConfigException e) {
            throw new BackboneRefusal(
                    e instanceof ConfigException ? "config_invalid" : "state_dir_in_use",
                    name + " cannot start: " + e.getMessage() + "; is another instance running on "
                            + settings.get(StreamsConfig.STATE_DIR_CONFIG) + "?");
        }
        streams.setUncaughtExceptionHandler(this::failed);
    }

    KafkaStreams streams() {
        return streams;
    }

    /** Stores of a process that was killed are of no use: Kafka Streams would open each to find that out, and make it anew. */
    void start() {
        try {
            if (!Files.deleteIfExists(closedWell)) streams.cleanUp();
        } catch (IOException | StreamsException e) {
            LOG.atWarn()
                    .addKeyValue("application", name)
                    .setCause(e)
                    .log("old state was not cleared; that costs time only");
        }
        streams.start();
    }

    boolean isRunning() {
        return streams.state() == KafkaStreams.State.RUNNING;
    }

    String state() {
        return streams.state().name();
    }

    /** Why it will not run again without help. */
    Optional<String> failure() {
        return Optional.ofNullable(failure.get());
    }

    @Override
    public void close() {
        boolean started = streams.state() != KafkaStreams.State.CREATED;
        boolean closed = streams.close(CloseOptions.timeout(CLOSE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
        if (started && closed) markClosed();
    }

    private void markClosed() {
        try {
            Files.writeString(closedWell, "");
        } catch (IOException e) {
            LOG.atWarn().addKeyValue("application", name).setCause(e).log("the next start restores all state");
        }
    }

    private synchronized StreamThreadExceptionResponse failed(Throwable error) {
        LOG.atError().addKeyValue("application", name).setCause(error).log("stream thread failed");
        Optional<String> broken = broken(error);
        if (broken.isPresent()) return stop(broken.get());
        long now = System.nanoTime();
        replacedNs.add(now);
        while (now - replacedNs.element() > REPLACEMENTS_WITHIN.toNanos()) replacedNs.remove();
        if (replacedNs.size() > REPLACEMENTS_MAX)
            return stop(name + " failed " + replacedNs.size() + " times within "
                    + REPLACEMENTS_WITHIN.toMinutes() + " minutes, last: " + rootOf(error)
                    + "; its log says more. Mend the cause and start again, nothing is lost");
        return StreamThreadExceptionResponse.REPLACE_THREAD;
    }

    private StreamThreadExceptionResponse stop(String why) {
        failure.compareAndSet(null, why);
        return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
    }

    private Optional<String> broken(Throwable error) {
        for (Throwable at = error; at != null; at = at.getCause()) {
            if (at instanceof StateMismatch) return Optional.of(String.valueOf(at.getMessage()));
            if (at instanceof InvalidOffsetException)
                return Optional.of(StartRefused.POSITION_LOST + ": " + name + ": " + at.getMessage()
                        + ". Going on would skip records. "
                        + Remedy.ofWriter(name.equals(Names.ADMIT_APP)).text()
                        + "; see deploy/README.md, \"position_lost\"");
            if (at instanceof dev.tidemark.wire.UndecodableException)
                return Optional.of(
                        "log_undecodable: " + name + " cannot read a record that only Admit writes: " + at.getMessage()
                                + ". Skipping it would be silent loss; see deploy/README.md, \"log_undecodable\"");
        }
        return Optional.empty();
    }

    private static String rootOf(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) root = root.getCause();
        return root.getClass().getSimpleName() + ": " + root.getMessage();
    }
}
