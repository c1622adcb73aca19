package dev.tidemark.backbone.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.backbone.position.ProjectPosition;
import dev.tidemark.backbone.position.TargetPosition;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Head;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.Refusal;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetKind;
import dev.tidemark.topology.BatchAnswer;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilterReply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MetricsTest {
    private static final Head HEAD =
            new Head(new Epoch(1), new CloudSeq(20), new Ordinal(10), 7, Digest.ZERO, CloudSeq.NONE);

    private final Metrics metrics = new Metrics();

    @AfterEach
    void close() throws Exception {
        metrics.close();
    }

    @Test
    void showsEveryOutcomeFromTheStart() {
        for (String outcome : List.of("accepted", "unchanged", "duplicate", "rejected", "conflict"))
            assertThat(scraped()).contains("tidemark_mutations_total{outcome=\"" + outcome + "\"} 0.0");
    }

    @Test
    void countsMutationsByOutcome() {
        metrics.onAnswer(answer(
                outcome(Outcome.Kind.ACCEPTED, null),
                outcome(Outcome.Kind.ACCEPTED, null),
                outcome(Outcome.Kind.ACCEPTED, null).asDuplicate(),
                outcome(Outcome.Kind.REJECTED, Reason.TYPE_MISMATCH),
                outcome(Outcome.Kind.CONFLICT, Reason.STALE_BASE)));

        assertThat(scraped())
                .contains(
                        "tidemark_mutations_total{outcome=\"accepted\"} 2.0",
                        "tidemark_mutations_total{outcome=\"duplicate\"} 1.0",
                        "tidemark_mutations_total{outcome=\"rejected\"} 1.0",
                        "tidemark_mutations_total{outcome=\"conflict\"} 1.0");
    }

    @Test
    void countsWhatIsRefusedForwardedAndBuried() {
        metrics.onAnswer(new BatchAnswer(null, new ReplicaId("p", "r", "0"), Refusal.OUT_OF_ORDER, List.of(), HEAD));
        metrics.admit().onForwarded("p");
        metrics.admit().onDeadLetter("tidemark.mutations", "not_avro");
        metrics.onDeadLetter("tidemark.acks", "misplaced");

        assertThat(scraped())
                .contains(
                        "tidemark_batches_refused_total{reason=\"out_of_order\"} 1.0",
                        "tidemark_batches_forwarded_total 1.0",
                        "tidemark_dead_letters_total{reason=\"not_avro\",topic=\"tidemark.mutations\"} 1.0",
                        "tidemark_dead_letters_total{reason=\"misplaced\",topic=\"tidemark.acks\"} 1.0");
    }

    @Test
    void measuresHowLongEveryStepTakes() {
        metrics.admit().onBatch(null, 7);
        metrics.onRecord(System.currentTimeMillis());
        metrics.onVisible(Duration.ofMillis(30));

        assertThat(scraped())
                .contains(
                        "tidemark_admit_latency_seconds_bucket{le=\"0.01\"} 1",
                        "tidemark_materialize_latency_seconds_count 1",
                        "tidemark_visible_latency_seconds_bucket{le=\"0.02\"} 0",
                        "tidemark_visible_latency_seconds_bucket{le=\"0.05\"} 1");
    }

    @Test
    void showsWhereProjectsAndTargetsStand() {
        String text = scraped(new ProjectPosition(
                "p",
                HEAD,
                List.of(
                        at("behind", new TargetPosition(5, 1_500L, "behind")),
                        at("unknown", new TargetPosition(3, null, "behind")))));

        assertThat(text)
                .contains(
                        "tidemark_head_seq{project=\"p\"} 20.0",
                        "tidemark_head_ordinal{project=\"p\"} 10.0",
                        "tidemark_entities{project=\"p\"} 7.0",
                        "tidemark_target_seq{project=\"p\",target=\"behind\"} 10.0",
                        "tidemark_target_ordinal{project=\"p\",target=\"behind\"} 5.0",
                        "tidemark_target_lag_records{project=\"p\",target=\"behind\"} 5.0",
                        "tidemark_target_freshness_seconds{project=\"p\",target=\"behind\"} 1.5",
                        "tidemark_target_freshness_seconds{project=\"p\",target=\"unknown\"} NaN");
    }

    @Test
    void showsNothingOfWhatIsGone() {
        scraped(new ProjectPosition("p", HEAD, List.of(at("t", new TargetPosition(5, 0L, "behind")))));

        assertThat(scraped(new ProjectPosition("p", HEAD, List.of())))
                .contains("tidemark_head_seq{project=\"p\"}")
                .doesNotContain("target=\"t\"");
        assertThat(scraped()).doesNotContain("project=\"p\"");
    }

    @ParameterizedTest
    @CsvSource({
        "kafka.stream.state.block.cache.usage, '', true",
        "kafka.stream.state.estimate.num.keys, '', true",
        "kafka.stream.state.put.latency.avg, '', false",
        "kafka.stream.state.bytes.written.total, '', false",
        "kafka.consumer.fetch.manager.records.lag, 3, true",
        "kafka.consumer.fetch.manager.records.lead, 3, false",
        "kafka.consumer.fetch.manager.records.consumed.total, '', true",
        "kafka.stream.thread.process.rate, '', true",
        "tidemark.head.seq, '', true"
    })
    void leavesOutWhatKafkaDoesNotRecord(String name, String partition, boolean shown) {
        Tags tags = partition.isEmpty() ? Tags.empty() : Tags.of("partition", partition);
        Meter.Id id = new Meter.Id(name, tags, null, null, Meter.Type.GAUGE);

        assertThat(new KafkaMeters().accept(id)).isEqualTo(shown ? MeterFilterReply.NEUTRAL : MeterFilterReply.DENY);
    }

    private String scraped(ProjectPosition... positions) {
        return metrics.scrape(List.of(positions));
    }

    private static ProjectPosition.At at(String name, TargetPosition position) {
        Cursor unified = new Cursor("p", new Epoch(1), new CloudSeq(10), new Ordinal(5), false, CloudSeq.NONE, 0);
        Target target = new Target("p", name, TargetKind.READER, null, List.of(), 1, unified, null, 0, 0);
        return new ProjectPosition.At(target, position);
    }

    private static BatchAnswer answer(Outcome... outcomes) {
        List<MappedOrigin> origins = java.util.Arrays.stream(outcomes)
                .map(outcome -> new MappedOrigin(outcome, CloudSeq.NONE, CloudSeq.NONE))
                .toList();
        return new BatchAnswer(null, new ReplicaId("p", "r", "0"), null, origins, HEAD);
    }

    private static Outcome outcome(Outcome.Kind kind, Reason reason) {
        return new Outcome(1, kind, false, Ordinal.NONE, Ordinal.NONE, 0, reason, null);
    }
}
