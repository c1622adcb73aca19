package dev.tidemark.topology;

import static dev.tidemark.topology.AdmitDriver.codes;
import static dev.tidemark.topology.AdmitDriver.header;
import static dev.tidemark.topology.Push.LAPTOP;
import static dev.tidemark.topology.Push.PHONE;
import static dev.tidemark.topology.Push.PROJECT;
import static dev.tidemark.topology.Push.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.model.Refusal;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What Admit writes for the batches of {@code tidemark.mutations}. */
class AdmitOutcomesTest {
    private static final String TRACE = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

    private AdmitDriver admit;

    @BeforeEach
    void start(@TempDir Path stateDir) {
        admit = new AdmitDriver(stateDir);
    }

    @AfterEach
    void stop() {
        admit.close();
    }

    @Test
    void acceptsAPutAndWritesItsRecord() {
        BatchOutcome outcome = admit.push(push().put(1, "a", "{\"n\": 1.0}").batch());

        EntityChange change = admit.changes().get(0);
        assertThat(codes(outcome)).containsExactly("accepted");
        assertThat(outcome.headOrdinal().value()).isEqualTo(1);
        assertThat(change.image()).isEqualTo("{\"n\":1}");
        assertThat(change.meta().origins()).containsExactly(LAPTOP.origin(1));
        assertThat(change.meta().ordinal().value()).isEqualTo(1);
        assertThat(change.meta().epoch()).isEqualTo(admit.cluster().identity().epoch(0));
        assertThat(change.meta().op()).isEqualTo(ChangeOp.UPSERT);
    }

    @Test
    void writesADeleteAsATombstoneThatHasItsMeta() {
        admit.push(push().put(1, "a", "{}").delete(2, "b").batch());
        admit.changes();

        admit.push(push().delete(3, "a").batch());

        TestRecord<byte[], byte[]> tombstone = admit.written(TopicCatalogue.LOG).get(0);
        RecordMeta meta = Driver.CODEC.decodeMeta(
                tombstone.headers().lastHeader(Headers.META).value());
        assertThat(tombstone.key()).isEqualTo("p/note/a".getBytes(StandardCharsets.UTF_8));
        assertThat(tombstone.value()).isNull();
        assertThat(meta.op()).isEqualTo(ChangeOp.DELETE);
        assertThat(meta.count()).isZero();
    }

    @Test
    void answersUnchangedAndWritesNothingWhereTheNetEffectIsNone() {
        admit.push(push().put(1, "a", "{\"n\":1}").batch());
        admit.changes();

        BatchOutcome outcome = admit.push(push().put(2, "a", "{\"n\":1.0}")
                .set(3, "a", "m", "2")
                .set(4, "a", "m", "null")
                .batch());

        assertThat(codes(outcome)).containsExactly("unchanged", "unchanged", "unchanged");
        assertThat(outcome.outcomes())
                .allSatisfy(each -> assertThat(each.ordinal().value()).isEqualTo(1));
        assertThat(admit.changes()).isEmpty();
    }

    @Test
    void rejectsOneMutationAndGoesOnWithTheNext() {
        BatchOutcome outcome = admit.push(push().put(1, "a", "{\"n\":1}")
                .add(Mutation.of(2, "note", "a", new Op.AddMember("n", "2")))
                .put(3, "a", "{bad")
                .set(4, "a", "m", "1e401")
                .put(5, "b", "{}")
                .batch());

        assertThat(codes(outcome))
                .containsExactly(
                        "accepted",
                        "rejected type_mismatch",
                        "rejected malformed_json",
                        "rejected number_range",
                        "accepted");
        assertThat(admit.changes()).extracting(EntityChange::image).containsExactly("{\"n\":1}", "{}");
    }

    @Test
    void answersConflictWhereTheBaseIsStale() {
        admit.push(push().put(1, "a", "{\"n\":1}").batch());

        BatchOutcome outcome =
                admit.push(push().add(new Mutation(2, "note", "a", true, 7L, null, List.of(new Op.Delete())))
                        .batch());

        assertThat(codes(outcome)).containsExactly("conflict stale_base");
    }

    @Test
    void answersDuplicateToAReSendAndWritesNothing() {
        Push both = push().put(1, "a", "{\"n\":1}").delete(2, "gone");
        BatchOutcome first = admit.push(both.batch());
        admit.changes();

        BatchOutcome again = admit.push(both.batch());

        assertThat(codes(again)).containsExactly("duplicate", "duplicate");
        assertThat(again.outcomes())
                .extracting(Outcome::ordinal)
                .isEqualTo(first.outcomes().stream().map(Outcome::ordinal).toList());
        assertThat(admit.changes()).isEmpty();
    }

    @Test
    void answersTheSameAgainToAReSendOfARejection() {
        Push batch = push().put(1, "a", "[]");
        admit.push(batch.batch());

        assertThat(codes(admit.push(batch.batch()))).containsExactly("rejected payload_not_object");
    }

    @Test
    void answersConflictToALocalSeqUsedTwiceAndKeepsTheFirstOutcome() {
        admit.push(push().put(1, "a", "{\"n\":1}").batch());

        assertThat(codes(admit.push(push().put(1, "a", "{\"n\":2}").batch())))
                .containsExactly("conflict origin_reused");
        assertThat(codes(admit.push(push().put(1, "a", "{\"n\":1}").batch()))).containsExactly("duplicate");
    }

    @Test
    void takesOnlyTheNewPartOfAnOverlap() {
        admit.push(push().put(1, "a", "{\"n\":1}").put(2, "b", "{}").batch());
        admit.changes();

        BatchOutcome outcome =
                admit.push(push().put(2, "b", "{}").put(3, "c", "{}").batch());

        assertThat(codes(outcome)).containsExactly("duplicate", "accepted");
        assertThat(admit.changes()).extracting(change -> change.id().key()).containsExactly("c");
    }

    @Test
    void refusesABatchWhosePredecessorIsUndecidedAndLeavesNothingBehind() {
        BatchOutcome refused = admit.push(push().follows(4).put(5, "a", "{}").batch());
        BatchOutcome later =
                admit.push(push().put(4, "b", "{}").put(5, "a", "{}").batch());

        assertThat(refused.refusal()).isEqualTo(Refusal.OUT_OF_ORDER);
        assertThat(refused.outcomes()).isEmpty();
        assertThat(codes(later)).containsExactly("accepted", "accepted");
    }

    @Test
    void makesNoProjectKnownForARefusedBatch() {
        admit.push(push().follows(4).put(5, "a", "{}").batch());

        assertThat(admit.events()).isEmpty();
        assertThat(admit.states()).isEmpty();
    }

    @Test
    void decidesWhatArrivesLateWhereNoOrderIsAskedFor() {
        admit.push(push().put(5, "a", "{\"n\":5}").batch());

        BatchOutcome late = admit.push(
                push().put(3, "a", "{\"n\":3}").put(5, "a", "{\"n\":5}").batch());

        assertThat(codes(late)).containsExactly("accepted", "duplicate");
    }

    @Test
    void forgetsNothingThatIsStillUnderAWrongAckedThrough() {
        Push batch = push().ackedThrough(1L << 62).put(1, "a", "{}");
        BatchOutcome first = admit.push(batch.batch());

        assertThat(first.floor()).isEqualTo(1);
        assertThat(codes(admit.push(batch.batch()))).containsExactly("duplicate");
        assertThat(codes(admit.push(push().put(2, "a", "{\"n\":2}").batch()))).containsExactly("accepted");
    }

    @Test
    void writesOneRecordAnEntityInTheOrderOfFirstChange() {
        admit.push(push().put(1, "b", "{}")
                .put(2, "a", "{}")
                .set(3, "b", "n", "1")
                .put(4, "c", "{}")
                .delete(5, "c")
                .batch());

        List<EntityChange> changes = admit.changes();
        assertThat(changes).extracting(change -> change.id().key()).containsExactly("b", "a");
        assertThat(changes)
                .extracting(change -> change.meta().ordinal().value())
                .containsExactly(1L, 2L);
        assertThat(changes.get(0).meta().origins()).containsExactly(LAPTOP.origin(1), LAPTOP.origin(3));
    }

    @Test
    void countsOrdinalsWithoutAHoleOverBatchesAndReplicas() {
        for (int i = 1; i <= 5; i++) {
            admit.push(push().put(i, "a" + i, "{}").put(i + 100, "b" + i, "{}").batch());
            admit.push(Push.from(PHONE)
                    .put(i, "c" + i, "{}")
                    .put(i + 100, "c" + i, "[]")
                    .batch());
        }

        assertThat(admit.changes())
                .extracting(change -> change.meta().ordinal().value())
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 15).boxed().toList());
    }

    @Test
    void carriesTheRequestAndTheTrace() {
        BatchOutcome outcome = admit.push(
                push().put(1, "a", "{}").batch(), header(Headers.REQUEST, "r-1"), header(Headers.TRACEPARENT, TRACE));

        TestRecord<byte[], byte[]> record = admit.written(TopicCatalogue.LOG).get(0);
        assertThat(outcome.requestId()).isEqualTo("r-1");
        assertThat(Driver.text(record, Headers.TRACEPARENT)).isEqualTo(TRACE);
        assertThat(record.headers().toArray()).hasSize(2);
    }

    @Test
    void makesAProjectKnownWithItsFirstBatch() {
        admit.push(push().put(1, "a", "{}").batch());
        admit.push(push().put(2, "a", "{\"n\":1}").batch());

        assertThat(admit.events()).extracting(event -> event.kind()).containsExactly("project.created");
        assertThat(admit.states()).singleElement().satisfies(state -> {
            assertThat(state.key()).isEqualTo(PROJECT + "/project/");
            assertThat(state.body()).contains("\"state\":\"open\"").contains("\"generation\":0");
        });
    }
}
