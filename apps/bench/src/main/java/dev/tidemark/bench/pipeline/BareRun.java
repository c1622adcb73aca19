package dev.tidemark.bench.pipeline;

import dev.tidemark.bench.place.Until;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.topology.StreamsSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.streams.CloseOptions;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.errors.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;

/** A bare topology while it runs, with the settings that Admit runs with: exactly once, same commit interval, same clients. */
public final class BareRun implements AutoCloseable {
    private static final Duration READY_MAX = Duration.ofMinutes(10);
    private static final Duration CLOSE = Duration.ofSeconds(30);
    private static final int MESSAGE_BYTES_MAX = 2 << 20;

    private final KafkaStreams streams;
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    /** @param overrides of Admit's settings */
    public BareRun(Bare bare, String bootstrap, Path state, Map<String, String> overrides) {
        this.streams = new KafkaStreams(bare.topology(), settings(bare, bootstrap, state, overrides));
        streams.setUncaughtExceptionHandler(error -> {
            failure.compareAndSet(null, error);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        });
    }

    /** Returns when its state is restored and it takes records in. */
    public void start() {
        streams.start();
        Until.met(READY_MAX, "the bare topology runs", () -> {
            requireWell();
            return streams.state() == KafkaStreams.State.RUNNING;
        });
    }

    void requireWell() {
        Throwable failed = failure.get();
        if (failed != null) throw new CommandFailure("the bare topology failed: " + failed, failed);
    }

    @Override
    public void close() {
        streams.close(CloseOptions.timeout(CLOSE)
                .withGroupMembershipOperation(CloseOptions.GroupMembershipOperation.REMAIN_IN_GROUP));
    }

    private static Properties settings(Bare bare, String bootstrap, Path state, Map<String, String> overrides) {
        StreamsSettings.Instance instance = new StreamsSettings.Instance(
                Map.of("bootstrap.servers", bootstrap),
                state,
                bare.label(),
                "127.0.0.1:1",
                new StreamsSettings.Copies(1, 0),
                MESSAGE_BYTES_MAX);
        Properties settings = StreamsSettings.admit(instance, overrides);
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, bare.applicationId());
        return settings;
    }
}
