package dev.tidemark.backbone.metrics;

import dev.tidemark.algebra.AdmitDecision;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Refusal;
import dev.tidemark.model.Target;
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
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * What the backbone counts, in Prometheus's text format. Projects and targets are labels; beyond {@link #LABELS_MAX} of either, new
 * ones go unlabelled, so that metrics stay bounded. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    static final int LABELS_MAX = 1_000;
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
    private final Map<String, Counter> counters = new ConcurrentHashMap<>();
    private final Map<String, HeadGauge> heads = new ConcurrentHashMap<>();
    private final Map<String, TargetGauge> targets = new ConcurrentHashMap<>();
    private final Timer admitted = timer("tidemark.admit.latency", "append of a batch to its decision");
    private final Timer materialized = timer("tidemark.materialize.latency", "append of a record to its being served");

    /** What a gauge reads of a project. */
    private static final class HeadGauge {
        private volatile Head head;
        private volatile long committedMs;

        HeadGauge(Head head, long committedMs) {
            this.head = head;
            this.committedMs = committedMs;
        }
    }

    /** What a gauge reads of a target. */
    private static final class TargetGauge {
        private volatile Target target;
        private volatile long currentAtMs;

        TargetGauge(Target target) {
            this.target = target;
        }
    }

    public Metrics() {
        new JvmMemoryMetrics().bindTo(registry);
        JvmGcMetrics gc = new JvmGcMetrics();
        gc.bindTo(registry);
        bound.push(gc);
        new ProcessorMetrics().bindTo(registry);
    }

    /** Metrics of Kafka Streams, its clients and RocksDB; and how many requests wait. */
    public void watch(KafkaStreams admit, KafkaStreams materialize, Supplier<Number> waiting) {
        bind(admit, "tidemark-admit");
        bind(materialize, "tidemark-materialize");
        Gauge.builder("tidemark.push.waiting", waiting)
                .description("batches of this instance whose outcome is awaited")
                .register(registry);
    }

    private void bind(KafkaStreams streams, String application) {
        KafkaStreamsMetrics metrics = new KafkaStreamsMetrics(streams, Tags.of("application", application));
        metrics.bindTo(registry);
        bound.push(metrics);
    }

    public String scrape() {
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

    public void onRecord(LoggedRecord record, Head head, long committedMs) {
        long nowMs = System.currentTimeMillis();
        materialized.record(Duration.ofMillis(Math.max(0, nowMs - committedMs)));
        headOf(record.id().project(), head, committedMs);
    }

    public void onAnswer(BatchAnswer answer) {
        Refusal refusal = answer.refusal();
        if (refusal != null)
            count("tidemark.batches.refused", "batches refused whole", Tags.of("reason", refusal.code()));
        for (MappedOrigin origin : answer.outcomes())
            count(
                    "tidemark.mutations",
                    "mutations by outcome",
                    Tags.of("outcome", origin.outcome().code()));
    }

    public void onTarget(Target target, Head head) {
        headOf(target.project(), head, System.currentTimeMillis());
        String key = target.project() + "/" + target.name();
        TargetGauge gauge = targets.get(key);
        if (gauge == null && targets.size() < LABELS_MAX)
            gauge = targets.computeIfAbsent(key, name -> register(target));
        if (gauge == null) return;
        gauge.target = target;
        if (lag(gauge) == 0) gauge.currentAtMs = System.currentTimeMillis();
    }

    public void onDeadLetter(String topic, String reason) {
        count("tidemark.dead.letters", "records that could not be read", Tags.of("topic", topic, "reason", reason));
    }

    @Override
    public void close() throws Exception {
        while (!bound.isEmpty()) bound.pop().close();
        registry.close();
    }

    private void headOf(String project, Head head, long committedMs) {
        HeadGauge gauge = heads.get(project);
        if (gauge == null && heads.size() < LABELS_MAX)
            gauge = heads.computeIfAbsent(project, name -> register(name, head, committedMs));
        if (gauge == null) return;
        gauge.head = head;
        gauge.committedMs = committedMs;
    }

    private HeadGauge register(String project, Head head, long committedMs) {
        HeadGauge gauge = new HeadGauge(head, committedMs);
        Tags tags = Tags.of("project", project);
        Gauge.builder("tidemark.head.seq", gauge, g -> g.head.seq().value())
                .description("cloud seq of a project's last record")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.head.ordinal", gauge, g -> g.head.ordinal().value())
                .description("records of a project")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.entities", gauge, g -> g.head.count())
                .description("live entities of a project")
                .tags(tags)
                .register(registry);
        return gauge;
    }

    private TargetGauge register(Target target) {
        TargetGauge gauge = new TargetGauge(target);
        Tags tags = Tags.of("project", target.project(), "target", target.name());
        Gauge.builder(
                        "tidemark.target.seq",
                        gauge,
                        g -> g.target.unified().seq().value())
                .description("unified cursor of a target")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.target.lag", gauge, this::lag)
                .description("records a target has not seen")
                .tags(tags)
                .register(registry);
        Gauge.builder("tidemark.target.freshness", gauge, this::freshnessSeconds)
                .description("time since a target was current; NaN while that is not known")
                .baseUnit("seconds")
                .tags(tags)
                .register(registry);
        return gauge;
    }

    private double lag(TargetGauge gauge) {
        HeadGauge head = heads.get(gauge.target.project());
        if (head == null) return Double.NaN;
        return Math.max(
                0,
                head.head.ordinal().value() - gauge.target.unified().ordinal().value());
    }

    private double freshnessSeconds(TargetGauge gauge) {
        double lag = lag(gauge);
        if (lag == 0) return 0;
        if (gauge.currentAtMs == 0 || Double.isNaN(lag)) return Double.NaN;
        return (System.currentTimeMillis() - gauge.currentAtMs) / 1_000.0;
    }

    private void count(String name, String description, Tags tags) {
        counters.computeIfAbsent(name + tags, key -> Counter.builder(name)
                        .description(description)
                        .tags(tags)
                        .register(registry))
                .increment();
    }

    private Timer timer(String name, String description) {
        return Timer.builder(name)
                .description(description)
                .serviceLevelObjectives(LATENCIES)
                .register(registry);
    }
}
