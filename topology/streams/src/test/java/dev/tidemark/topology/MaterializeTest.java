package dev.tidemark.topology;

import static dev.tidemark.topology.Push.LAPTOP;
import static dev.tidemark.topology.Push.PHONE;
import static dev.tidemark.topology.Push.PROJECT;
import static dev.tidemark.topology.Push.push;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Op;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.StateMismatch;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.ChangeRow;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.wire.UndecodableException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Materialize makes of the committed log and of outcomes. */
class MaterializeTest {
    private Pipeline pipeline;
    private MaterializeDriver materialize;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        pipeline = new Pipeline(stateDir);
        materialize = pipeline.materialize();
    }

    @AfterEach
    void stop() {
        pipeline.close();
    }

    @Test
    void answersABatchWithTheSeqsOfItsRecords() {
        BatchAnswer answer = pipeline.push(
                push().put(1, "a", "{}").put(2, "b", "{}").put(3, "a", "[]").batch());

        assertThat(answer.replica()).isEqualTo(LAPTOP);
        assertThat(answer.outcomes()).extracting(each -> each.seq().value()).containsExactly(0L, 1L, -1L);
        assertThat(answer.head()).isEqualTo(materialize.head(PROJECT));
    }

    @Test
    void answersOnlyWhenEveryRecordOfTheBatchIsRead() {
        pipeline.admit(push().put(1, "a", "{}").put(2, "b", "{}").batch());
        pipeline.readOutcomes();
        materialize.log(pipeline.nextLog());
        assertThat(materialize.seen().answers).isEmpty();
        assertThat(materialize.count(Names.PARKED_OUTCOMES)).isEqualTo(1);

        materialize.log(pipeline.nextLog());

        assertThat(materialize.seen().answers).hasSize(1);
        assertThat(materialize.count(Names.PARKED_OUTCOMES)).isZero();
    }

    @Test
    void answersParkedOutcomesInTheirOrder() {
        pipeline.admit(push().put(1, "a", "{}").batch());
        pipeline.admit(push().put(1, "a", "{}").batch());
        pipeline.admit(push().put(2, "b", "{}").batch());
        pipeline.readOutcomes();

        pipeline.readLog();

        assertThat(materialize.seen().answers)
                .extracting(answer -> answer.outcomes().get(0).outcome().code())
                .containsExactly("accepted", "duplicate", "accepted");
    }

    @Test
    void answersMoreParkedOutcomesThanItTakesOutInOneGo() {
        int batches = 250;
        pipeline.admit(push().put(1, "a", "{}").batch());
        for (int i = 1; i < batches; i++)
            pipeline.admit(push().put(1, "a", "{}").batch());
        pipeline.readOutcomes();
        assertThat(materialize.count(Names.PARKED_OUTCOMES)).isEqualTo(batches);

        pipeline.readLog();

        assertThat(materialize.seen().answers).hasSize(batches);
        assertThat(materialize.count(Names.PARKED_OUTCOMES)).isZero();
    }

    @Test
    void answersWhatWroteNoRecordAtOnce() {
        pipeline.admit(push().put(1, "a", "[]").batch());
        pipeline.readOutcomes();

        assertThat(materialize.seen().answers).hasSize(1);
    }

    @Test
    void answersADuplicateWithTheSeqOfTheFirstTime() {
        pipeline.push(push().put(1, "a", "{}").batch());
        pipeline.push(push().put(2, "a", "{\"n\":1}").batch());

        BatchAnswer again = pipeline.push(push().put(1, "a", "{}").batch());

        assertThat(again.outcomes().get(0).outcome().code()).isEqualTo("duplicate");
        assertThat(again.outcomes().get(0).seq()).isEqualTo(new CloudSeq(0));
    }

    @Test
    void mapsEveryOriginToItsSeqAndEveryRecordToItsOrigins() {
        pipeline.push(push().put(1, "a", "{}")
                .set(2, "a", "n", "1")
                .put(3, "b", "{}")
                .put(4, "b", "{}")
                .batch());

        assertThat(run(1).origins())
                .extracting(origin -> origin.localSeq() + " " + origin.outcome().code() + " "
                        + origin.seq().value())
                .containsExactly("1 accepted 0", "2 accepted 0", "3 accepted 1", "4 unchanged 1");
        byte[] row = materialize.store(Names.RECORDS_BY_ORDINAL).get(Keys.ordinal(PROJECT, new Ordinal(1)));
        assertThat(MaterializeRows.record(PROJECT, row).record().origins())
                .containsExactly(LAPTOP.origin(1), LAPTOP.origin(2));
    }

    @Test
    void mapsTheFirstAndTheLastRecordOfAFanOut() {
        pipeline.push(push().put(1, "a", "{\"g\":1}")
                .put(2, "b", "{\"g\":1}")
                .put(3, "c", "{}")
                .batch());

        BatchAnswer answer = pipeline.push(
                push().applyWhere(4, "g eq 1", new Op.SetField("n", "1")).batch());

        assertThat(answer.outcomes().get(0).firstSeq()).isEqualTo(new CloudSeq(3));
        assertThat(answer.outcomes().get(0).seq()).isEqualTo(new CloudSeq(4));
        assertThat(answer.outcomes().get(0).outcome().fanOut()).isEqualTo(new Outcome.FanOut(2, 2, 0));
    }

    @Test
    void keepsTheMappingOfOriginsThatArriveLate() {
        pipeline.push(push().put(10, "a", "{\"n\":1}").put(20, "a", "{\"n\":2}").batch());
        pipeline.push(push().put(5, "a", "{\"n\":3}")
                .put(15, "a", "{\"n\":4}")
                .put(25, "a", "{\"n\":5}")
                .batch());

        assertThat(run(5).origins()).extracting(MappedOrigin::localSeq).containsExactly(5L);
        assertThat(run(10).origins()).extracting(MappedOrigin::localSeq).containsExactly(10L, 15L, 20L, 25L);
    }

    @Test
    void showsEachEntityOnceAtItsLastSeq() {
        pipeline.push(push().put(1, "a", "{\"n\":1}").put(2, "b", "{}").batch());
        pipeline.push(push().put(3, "a", "{\"n\":2}").delete(4, "b").batch());

        List<ChangeRow> rows = materialize.rows();
        assertThat(rows).extracting(row -> row.seq().value()).containsExactly(2L, 3L);
        assertThat(rows)
                .extracting(row -> new String(row.json(), StandardCharsets.UTF_8))
                .satisfiesExactly(
                        json -> assertThat(json)
                                .startsWith(
                                        "{\"seq\":2,\"version\":2,\"entity\":\"note\",\"entity_key\":\"a\",\"op\":\"upsert\","
                                                + "\"payload\":{\"n\":2},\"hash\":\"")
                                .contains(
                                        "\"origins\":[{\"replica\":\"laptop\",\"incarnation\":\"1\",\"local_seq\":3}]")
                                .endsWith("\"committed_at\":\"2026-11-20T05:00:00Z\"}"),
                        json -> assertThat(json).contains("\"op\":\"delete\"").doesNotContain("payload"));
    }

    @Test
    void hasTheDigestAndTheCountsThatAdmitCounted() {
        pipeline.push(push().put(1, "a", "{\"n\":1}")
                .put(2, "b", "{}")
                .put(3, "c", "{}")
                .batch());
        BatchAnswer answer =
                pipeline.push(push().delete(4, "b").set(5, "a", "n", "2").batch());

        ChangeRow last = materialize.rows().get(2);
        assertThat(answer.head().count()).isEqualTo(2);
        assertThat(answer.head().digest()).isEqualTo(last.digest());
        assertThat(answer.head().ordinal()).isEqualTo(new Ordinal(5));
    }

    @Test
    void stopsAtARecordWhoseOrdinalGoesBack() {
        pipeline.admit(push().put(1, "a", "{}").put(2, "b", "{}").batch());
        TestRecord<byte[], byte[]> first = pipeline.nextLog();
        materialize.log(first);
        pipeline.readLog();

        assertStops(first, StateMismatch.class, "its ordinal 1 is not after 2");
    }

    @Test
    void stopsAtAHoleThatCompactionCannotHaveMade() {
        pipeline.admit(
                push().put(1, "a", "{}").put(2, "b", "{}").put(3, "c", "{}").batch());
        materialize.log(pipeline.nextLog());
        pipeline.nextLog();

        assertStops(pipeline.nextLog(), StateMismatch.class, "ordinal 3 after 1");
    }

    @Test
    void stopsAtADigestThatDoesNotAddUp() {
        pipeline.admit(push().put(1, "a", "{}").put(2, "b", "{}").batch());
        materialize.log(pipeline.nextLog());
        TestRecord<byte[], byte[]> record = pipeline.nextLog();
        RecordMeta meta = Driver.CODEC.decodeMeta(
                record.headers().lastHeader(Headers.META).value());
        RecordMeta wrong = new RecordMeta(
                meta.epoch(),
                meta.ordinal(),
                meta.op(),
                meta.version(),
                meta.hash(),
                meta.digest().plus(meta.digest()),
                meta.count(),
                meta.bucketDigest(),
                meta.bucketCount(),
                meta.origins(),
                meta.applyWhere(),
                meta.occurredAt());

        assertStops(with(record, Driver.CODEC.encodeMeta(wrong)), StateMismatch.class, "digest does not add up");
    }

    @Test
    void stopsAtARecordWithoutItsMeta() {
        pipeline.admit(push().put(1, "a", "{}").batch());
        TestRecord<byte[], byte[]> record = pipeline.nextLog();

        assertStops(new TestRecord<>(record.key(), record.value()), UndecodableException.class, "");
    }

    @Test
    void stopsAtARecordThatIsNoChange() {
        pipeline.admit(push().put(1, "a", "{}").batch());
        TestRecord<byte[], byte[]> record = pipeline.nextLog();

        assertStops(
                new TestRecord<>(record.key(), Driver.utf8("no avro"), record.headers()),
                UndecodableException.class,
                "");
    }

    @Test
    void stopsAtARecordWhoseKeyIsNoPath() {
        pipeline.admit(push().put(1, "a", "{}").batch());
        TestRecord<byte[], byte[]> record = pipeline.nextLog();

        assertStops(
                new TestRecord<>(Driver.utf8("no path"), record.value(), record.headers()),
                UndecodableException.class,
                "");
    }

    @Test
    void stopsAtAnOutcomeThatCannotBeRead() {
        assertThatThrownBy(
                        () -> materialize.pipe(TopicCatalogue.OUTCOMES, Driver.utf8(PROJECT), Driver.utf8("no avro")))
                .hasRootCauseInstanceOf(UndecodableException.class);
    }

    @Test
    void keepsProjectsApart() {
        pipeline.push(push().put(1, "a", "{}").batch());
        pipeline.push(Push.from(new dev.tidemark.model.ReplicaId("q", "laptop", "1"))
                .put(1, "a", "{}")
                .batch());
        pipeline.push(Push.from(PHONE).put(1, "b", "{}").batch());

        assertThat(materialize.head("p").ordinal()).isEqualTo(new Ordinal(2));
        assertThat(materialize.head("q").ordinal()).isEqualTo(new Ordinal(1));
        assertThat(materialize.head("q").seq()).isEqualTo(new CloudSeq(1));
    }

    @Test
    void tellsWhoeverWaitsOfEachRecordWithTheHeadThatItMakes() {
        pipeline.push(push().put(1, "a", "{}").put(2, "b", "{}").batch());

        assertThat(materialize.seen().heads)
                .extracting(head -> head.seq().value())
                .containsExactly(0L, 1L);
    }

    @Test
    void readsALogThatCompactionHasPassedOver() {
        pipeline.admit(push().put(1, "a", "{\"n\":1}").batch());
        pipeline.admit(push().put(2, "a", "{\"n\":2}").put(3, "b", "{}").batch());
        pipeline.admit(push().put(4, "a", "{\"n\":3}").put(5, "c", "{}").batch());
        pipeline.nextLog();
        pipeline.nextLog();
        TestRecord<byte[], byte[]> b = pipeline.nextLog();
        TestRecord<byte[], byte[]> lastOfA = pipeline.nextLog();
        TestRecord<byte[], byte[]> c = pipeline.nextLog();
        materialize.advance(Duration.ofDays(8));

        materialize.logAt(Driver.START, b);
        materialize.logAt(Driver.START, lastOfA);
        materialize.log(c);

        assertThat(materialize.head(PROJECT).count()).isEqualTo(3);
        assertThat(materialize.rows()).extracting(ChangeRow::key).containsExactly("b", "a", "c");
    }

    /** Everything before the last record was deleted for longer than the log keeps deletes. */
    @Test
    void readsALogWhoseDeletesAreGone() {
        pipeline.admit(push().put(1, "a", "{}").put(2, "b", "{}").batch());
        pipeline.admit(push().delete(3, "b").batch());
        pipeline.admit(push().put(4, "d", "{}").batch());
        TestRecord<byte[], byte[]> a = pipeline.nextLog();
        pipeline.nextLog();
        pipeline.nextLog();
        TestRecord<byte[], byte[]> d = pipeline.nextLog();
        materialize.advance(Duration.ofDays(40));

        materialize.logAt(Driver.START, a);
        materialize.log(d);

        assertThat(materialize.head(PROJECT).count()).isEqualTo(2);
    }

    /** What compaction took is superseded by records that are older than its lag, so a young record shows all or something is lost. */
    @Test
    void stopsWhereTheDigestStillDoesNotAddUpBehindWhatCompactionMayHaveTaken() {
        pipeline.admit(push().put(1, "a", "{}").put(2, "b", "{}").batch());
        pipeline.admit(push().put(3, "c", "{}").batch());
        pipeline.nextLog();
        TestRecord<byte[], byte[]> b = pipeline.nextLog();
        materialize.advance(Duration.ofDays(8));
        materialize.logAt(Driver.START, b);

        assertStops(pipeline.nextLog(), StateMismatch.class, "digest does not add up");
    }

    private dev.tidemark.algebra.OriginRun<MappedOrigin> run(long first) {
        return MaterializeRows.run(materialize
                .store(Names.OUTCOMES_BY_ORIGIN)
                .get(Keys.mapped(LAPTOP, materialize.head(PROJECT).epoch(), first)));
    }

    private void assertStops(TestRecord<byte[], byte[]> record, Class<? extends Throwable> cause, String message) {
        assertThatThrownBy(() -> materialize.log(record)).satisfies(error -> {
            Throwable at = error;
            while (!cause.isInstance(at) && at.getCause() != null) at = at.getCause();
            assertThat(at).isInstanceOf(cause).hasMessageContaining(message);
        });
    }

    private static TestRecord<byte[], byte[]> with(TestRecord<byte[], byte[]> record, byte[] meta) {
        RecordHeaders headers = new RecordHeaders(List.of(new RecordHeader(Headers.META, meta)));
        return new TestRecord<>(record.key(), record.value(), headers);
    }
}
