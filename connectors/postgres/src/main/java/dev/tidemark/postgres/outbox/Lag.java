package dev.tidemark.postgres.outbox;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Gauge;
import org.apache.kafka.common.metrics.PluginMetrics;
import org.apache.kafka.connect.source.SourceTaskContext;
import org.jspecify.annotations.Nullable;

/**
 * How old the oldest row is that is not delivered, by the clock now: it rises when nobody reads, too. Published as the metric {@code
 * lag-seconds} of the task. Thread-safe.
 */
final class Lag {
    private final Clock clock;
    private volatile @Nullable Instant oldest;
    private volatile Instant seenAt;

    Lag(Clock clock) {
        this.clock = clock;
        this.seenAt = clock.instant();
    }

    /** @param undelivered when the oldest row was written that is not delivered; empty: all are */
    void seen(Optional<Instant> undelivered) {
        oldest = undelivered.orElse(null);
        seenAt = clock.instant();
    }

    /** At least since the last look: what is not known is not fresh. */
    Duration age() {
        Instant since = oldest;
        if (since == null || since.isAfter(seenAt)) since = seenAt;
        Duration age = Duration.between(since, clock.instant());
        return age.isNegative() ? Duration.ZERO : age;
    }

    /** Workers before Kafka 4.1 have no metrics of plugins. */
    void publish(SourceTaskContext context) {
        try {
            PluginMetrics metrics = context.pluginMetrics();
            if (metrics == null) return;
            MetricName name = metrics.metricName(
                    "lag-seconds", "age of the oldest row that is not delivered, seconds", new LinkedHashMap<>());
            metrics.addMetric(name, (Gauge<Double>) (config, now) -> age().toMillis() / 1e3);
        } catch (NoSuchMethodError e) {
            // Such a worker shows no lag.
        }
    }
}
