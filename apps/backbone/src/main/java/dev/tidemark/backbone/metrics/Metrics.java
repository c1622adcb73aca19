package dev.tidemark.backbone.metrics;

import dev.tidemark.algebra.AdmitDecision;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.backbone.position.ProjectPosition;
import dev.tidemark.model.Refusal;
import dev.tidemark.topology.AdmitListener;
import dev.tidemark.topology.BatchAnswer;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.streams.KafkaStreams;

/** What the backbone counts, in Prometheus's text format. Thread-safe. */
public final class Metrics implements AutoCloseable {
    private static final List<String> OUTCOMES = List.of("accepted", "unchanged", "duplicate", "rejected", "conflict");
    /** How soon stores and clients that came or went show; looking for them looks at thousands of metrics. */
    private static final Duration REFRESH = Duration.ofSeconds(30);

    private static final Duration[] LATENCIES = {
        Duration.ofMillis(5),
        Duration.ofMillis(10),
        Duration.ofMillis(20),
        Duration.ofMillis(50),
        Duration.ofMillis(100),
        Duration.ofMillis(200),
        Duration.ofMillis(500),
        Duration.ofSeconds(1),
        Duration.ofSeconds(5)
    };

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Deque<AutoCloseable> bound = new ArrayDeque<>();
    private final ScheduledExecutorService refreshing = Executors.newSingleThreadScheduledExecutor(Metrics::daemon);
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final PositionGauges positions = new PositionGauges(registry);
    private final Map<String, Counter> outcomes;
    private final Timer admitted = timer("tidemark.admit.latency", "append of a batch to its decision");
    private final Timer materialized = timer("tidemark.materialize.latency", "append of a record to its being served");
    private final Timer visible =
            timer("tidemark.visible.latency", "ingest of a batch by this instance to all its records being served");

    public Metrics() {
        registry.config().meterFilter(new KafkaMeters());
        outcomes = OUTCOMES.stream()
                .collect(Collectors.toUnmodifiableMap(
                        code -> code,
                        code -> counter("tidemark.mutations", "mutations by outcome", Tags.of("outcome", code))));
        new JvmMemoryMetrics().bindTo(registry);
        JvmGcMetrics gc = new JvmGcMetrics();
        gc.bindTo(registry);
        bound.push(gc);
        new ProcessorMetrics().bindTo(registry);
    }

    /** Metrics of a Kafka Streams application, its clients and RocksDB. */
    public void watch(String application, KafkaStreams streams) {
        KafkaStreamsMetrics metrics =
                new KafkaStreamsMetrics(streams, Tags.of("application", application), refreshing, REFRESH);
        metrics.bindTo(registry);
        bound.push(metrics);
    }

    public void gauge(String name, String description, Supplier<Number> value) {
        Gauge.builder(name, value).description(description).register(registry);
    }

    /** @param now what the gauges of heads and targets show */
    public String scrape(List<ProjectPosition> now) {
        positions.show(now);
        return registry.scrape();
    }

    /** What Admit tells. */
    public AdmitListener admit() {
        return new AdmitListener() {
            @Override
            public void onBatch(AdmitDecision decision, long latencyMs) {
                admitted.record(Duration.ofMillis(Math.max(0, latencyMs)));
            }

            @Override
            public void onDeadLetter(String topic, String reason) {
                Metrics.this.onDeadLetter(topic, reason);
            }

            @Override
            public void onForwarded(String project) {
                count("tidemark.batches.forwarded", "batches that came on a wrong partition", Tags.empty());
            }
        };
    }

    /** @param committedMs append time of a record that is served now, milliseconds since 1970 */
    public void onRecord(long committedMs) {
        materialized.record(Duration.ofMillis(Math.max(0, System.currentTimeMillis() - committedMs)));
    }

    /** @param latency from the ingest of a batch to all its records being served */
    public void onVisible(Duration latency) {
        visible.record(latency);
    }

    public void onAnswer(BatchAnswer answer) {
        Refusal refusal = answer.refusal();
        if (refusal != null)
            count("tidemark.batches.refused", "batches refused whole", Tags.of("reason", refusal.code()));
        for (MappedOrigin origin : answer.outcomes()) {
            Counter counter = outcomes.get(origin.outcome().code());
            if (counter != null) counter.increment();
        }
    }

    public void onDeadLetter(String topic, String reason) {
        count("tidemark.dead.letters", "records that could not be read", Tags.of("topic", topic, "reason", reason));
    }

    @Override
    public void close() throws Exception {
        while (!bound.isEmpty()) bound.pop().close();
        refreshing.shutdownNow();
        registry.close();
    }

    private void count(String name, String description, Tags tags) {
        counters.computeIfAbsent(name + tags, key -> counter(name, description, tags))
                .increment();
    }

    private Counter counter(String name, String description, Tags tags) {
        return Counter.builder(name).description(description).tags(tags).register(registry);
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "tidemark-metrics");
        thread.setDaemon(true);
        return thread;
    }
}
