package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.Refusal;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** One batch decided, case by case. */
class AdmissionTest {
    private final MapView project = new MapView();

    @Test
    void raisesTheVersionByOneForEachMutationThatHasAnEffect() {
        BatchOutcome outcome = project.push(Batch.of()
                .put(1, "{}")
                .put(2, "{}")
                .set(3, "n", "1")
                .delete(4)
                .put(5, "{}")
                .batch());

        assertThat(outcome.outcomes()).extracting(Outcome::version).containsExactly(1L, 1L, 2L, 3L, 4L);
        assertThat(outcome.outcomes())
                .extracting(Outcome::code)
                .containsExactly("accepted", "unchanged", "accepted", "accepted", "accepted");
        assertThat(project.entity("note", "a").version()).isEqualTo(4);
    }

    @Test
    void keepsTheVersionOverADelete() {
        project.push(Batch.of().put(1, "{}").batch());
        project.push(Batch.of().delete(2).batch());
        project.push(Batch.of().put(3, "{}").batch());

        assertThat(project.entity("note", "a").version()).isEqualTo(3);
    }

    @Test
    void startsANewEntityAboveTheVersionFloor() {
        project.setHead(ProjectHead.NEW.withVersionFloor(41));

        BatchOutcome outcome = project.push(Batch.of().put(1, "{}").batch());

        assertThat(outcome.outcomes().get(0).version()).isEqualTo(42);
    }

    static Stream<Arguments> bases() {
        return Stream.of(
                Arguments.of("not there, 0", List.of(), 0L, true),
                Arguments.of("not there, 1", List.of(), 1L, false),
                Arguments.of("there, its version", List.of(new Op.Put("{}")), 1L, true),
                Arguments.of("there, one before", List.of(new Op.Put("{}")), 0L, false),
                Arguments.of("there, one ahead", List.of(new Op.Put("{}")), 2L, false),
                Arguments.of("deleted, 0", List.of(new Op.Put("{}"), new Op.Delete()), 0L, true),
                Arguments.of("deleted, its version", List.of(new Op.Put("{}"), new Op.Delete()), 2L, true),
                Arguments.of("deleted, the version before", List.of(new Op.Put("{}"), new Op.Delete()), 1L, false),
                Arguments.of("negative", List.of(new Op.Put("{}")), -1L, false));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bases")
    void comparesTheBaseWithTheVersion(String name, List<Op> before, long base, boolean fits) {
        for (int i = 0; i < before.size(); i++)
            project.push(Batch.of().on(i, "a", before.get(i)).batch());

        String expected = fits ? "accepted" : "conflict stale_base";
        assertThat(project.codes(Batch.of().putAt(9, base, "{\"n\":9}").batch()))
                .containsExactly(expected);
    }

    @Test
    void comparesTheBaseWithTheRunningVersionOfTheBatch() {
        assertThat(project.codes(Batch.of()
                        .putAt(1, 0, "{\"n\":1}")
                        .putAt(2, 0, "{\"n\":2}")
                        .putAt(3, 1, "{\"n\":3}")
                        .putAt(4, 2, "{\"n\":4}")
                        .batch()))
                .containsExactly("accepted", "conflict stale_base", "accepted", "accepted");
        assertThat(project.changes()).extracting(EntityChange::image).containsExactly("{\"n\":4}");
    }

    @Test
    void answersUnchangedWithTheEntitysLastRecordElseTheHeadElseNone() {
        BatchOutcome none = project.push(Batch.of().delete(1).batch());
        project.push(Batch.of().on(2, "b", new Op.Put("{}")).batch());
        BatchOutcome ofHead = project.push(Batch.of().delete(3).batch());
        project.push(Batch.of().put(4, "{}").batch());
        project.push(Batch.of().delete(5).batch());
        project.push(Batch.of().on(6, "b", new Op.Delete()).batch());
        BatchOutcome ofTombstone = project.push(Batch.of().delete(7).batch());

        assertThat(none.outcomes().get(0).ordinal().value()).isZero();
        assertThat(ofHead.outcomes().get(0).ordinal().value()).isEqualTo(1);
        assertThat(ofTombstone.outcomes().get(0).ordinal().value()).isEqualTo(3);
    }

    @Test
    void writesNothingForWhatComesBackToWhereItWas() {
        project.push(Batch.of().put(1, "{\"n\":1}").batch());

        BatchOutcome outcome =
                project.push(Batch.of().set(2, "n", "2").set(3, "n", "1").batch());

        assertThat(project.changes()).isEmpty();
        assertThat(outcome.outcomes()).extracting(MapView::code).containsExactly("unchanged", "unchanged");
        assertThat(outcome.outcomes()).extracting(Outcome::version).containsExactly(1L, 1L);
        assertThat(project.entity("note", "a").version()).isEqualTo(1);
    }

    @Test
    void writesNothingForWhatIsCreatedAndDeletedInOneBatch() {
        assertThat(project.codes(Batch.of().put(1, "{}").delete(2).batch())).containsExactly("unchanged", "unchanged");
        assertThat(project.changes()).isEmpty();
        assertThat(project.head().ordinal().isNone()).isTrue();
    }

    @Test
    void namesAllOriginsThatHadAnEffectAndNoOthers() {
        project.push(Batch.of()
                .put(1, "{\"n\":1}")
                .put(2, "{\"n\":1}")
                .on(3, "a", new Op.AddMember("n", "2"))
                .set(4, "n", "5")
                .batch());

        assertThat(project.changes().get(0).meta().origins())
                .containsExactly(Batch.REPLICA.origin(1), Batch.REPLICA.origin(4));
    }

    @Test
    void keepsTheTimeOfTheLastMutationThatHadOneAndAnEffect() {
        Mutation timed =
                new Mutation(1, "note", "a", true, null, "2026-11-20T05:00:00Z", List.of(new Op.Put("{\"n\":1}")));
        project.push(Batch.of().add(timed).set(2, "n", "2").batch());

        assertThat(project.changes().get(0).meta().occurredAt()).isEqualTo("2026-11-20T05:00:00Z");
    }

    @Test
    void refusesABatchWhileTheProjectIsDeletedAndRemembersNothingOfIt() {
        project.push(Batch.of(1).batch());
        project.setHead(project.head().with(ProjectHead.Life.DELETING));

        BatchOutcome refused = project.push(Batch.of(1, 2).batch());
        project.setHead(project.head().with(ProjectHead.Life.OPEN));

        assertThat(refused.refusal()).isEqualTo(Refusal.PROJECT_DELETING);
        assertThat(refused.outcomes()).isEmpty();
        assertThat(project.codes(Batch.of(1, 2).batch())).containsExactly("duplicate", "accepted");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, false", // nothing before
        "1, false",
        "2, true", // a hole in what is decided
        "3, false",
        "4, true",
        "9223372036854775807, true"
    })
    void refusesABatchThatFollowsWhatIsUndecided(long follows, boolean refused) {
        project.push(Batch.of(1, 3).batch());

        BatchOutcome outcome = project.push(Batch.of(10).follows(follows).batch());

        assertThat(outcome.refusal() == Refusal.OUT_OF_ORDER).isEqualTo(refused);
    }

    @Test
    void countsWhatIsBelowTheFloorAsDecided() {
        project.push(Batch.of(5).batch());
        project.push(Batch.of(6).ackedThrough(5).batch());

        assertThat(project.push(Batch.of(7).follows(2).batch()).refusal()).isNull();
    }

    static Stream<Arguments> broken() {
        return Stream.of(
                Arguments.of(new Op.Put("{"), Reason.MALFORMED_JSON),
                Arguments.of(new Op.Put(""), Reason.MALFORMED_JSON),
                Arguments.of(new Op.Put("{} {}"), Reason.MALFORMED_JSON),
                Arguments.of(new Op.Put("[1]"), Reason.PAYLOAD_NOT_OBJECT),
                Arguments.of(new Op.Put("null"), Reason.PAYLOAD_NOT_OBJECT),
                Arguments.of(new Op.Put("{\"a\":1,\"a\":2}"), Reason.DUPLICATE_MEMBER),
                Arguments.of(new Op.SetField("f", "NaN"), Reason.MALFORMED_JSON),
                Arguments.of(new Op.SetField("f", "1e401"), Reason.NUMBER_RANGE),
                Arguments.of(new Op.SetField("f", "1".repeat(39)), Reason.NUMBER_RANGE),
                Arguments.of(new Op.SetField("f", "\"\\ud800\""), Reason.LONE_SURROGATE),
                Arguments.of(new Op.SetField("f", "[".repeat(65) + "]".repeat(65)), Reason.TOO_DEEP),
                Arguments.of(new Op.SetField("", "1"), Reason.INVALID_KEY),
                Arguments.of(new Op.SetField("f".repeat(1025), "1"), Reason.INVALID_KEY),
                Arguments.of(new Op.UnsetField("\ud800"), Reason.INVALID_KEY),
                Arguments.of(new Op.AddMember("f", "[1]"), Reason.TYPE_MISMATCH),
                Arguments.of(new Op.AddMember("f", "{}"), Reason.TYPE_MISMATCH),
                Arguments.of(new Op.Unknown(Reason.UNKNOWN_OP), Reason.UNKNOWN_OP),
                Arguments.of(new Op.ApplyWhere("note", "f eq 1", List.of()), Reason.INVALID_OP));
    }

    @ParameterizedTest
    @MethodSource("broken")
    void rejectsWhatCannotBeAppliedAndLeavesNoTrace(Op op, Reason reason) {
        BatchOutcome outcome = project.push(Batch.of()
                .on(1, "a", new Op.SetField("kept", "1"))
                .on(2, "a", new Op.SetField("lost", "1"), op)
                .on(3, "a", new Op.SetField("also", "1"))
                .batch());

        assertThat(outcome.outcomes()).extracting(Outcome::reason).containsExactly(null, reason, null);
        assertThat(project.changes()).extracting(EntityChange::image).containsExactly("{\"also\":1,\"kept\":1}");
    }

    @ParameterizedTest
    @CsvSource({"'', invalid_name", ".hidden, invalid_name", "a/b, invalid_name", "ünder, invalid_name"})
    void rejectsAnInvalidEntityType(String type, String reason) {
        Mutation mutation = Mutation.of(1, type, "a", new Op.Put("{}"));

        assertThat(project.codes(Batch.of().add(mutation).batch())).containsExactly("rejected " + reason);
    }

    @Test
    void rejectsAnInvalidKey() {
        assertThat(project.codes(Batch.of()
                        .on(1, "", new Op.Put("{}"))
                        .on(2, "é".repeat(513), new Op.Put("{}"))
                        .on(3, "\udc00", new Op.Put("{}"))
                        .on(4, "é".repeat(512), new Op.Put("{}"))
                        .batch()))
                .containsExactly("rejected invalid_key", "rejected invalid_key", "rejected invalid_key", "accepted");
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-20T05:00:00Z, accepted",
        "2026-11-20T05:00:00.123456789+01:00, accepted",
        "2026-11-20, rejected invalid_time",
        "yesterday, rejected invalid_time",
        "2026-13-20T05:00:00Z, rejected invalid_time"
    })
    void checksTheTime(String time, String expected) {
        Mutation mutation = new Mutation(1, "note", "a", true, null, time, List.of(new Op.Put("{}")));

        assertThat(project.codes(Batch.of().add(mutation).batch())).containsExactly(expected);
    }

    @Test
    void rejectsWhatWouldGrowARecordBeyondItsLimitAndTakesWhatShrinksIt() {
        MapView small = new MapView(new AdmitLimits(2_000, 10, 10, 1_000, 1 << 24));
        String text = "\"" + "x".repeat(400) + "\"";

        assertThat(small.codes(Batch.of()
                        .on(1, "a", new Op.AddMember("t", text))
                        .on(2, "a", new Op.AddMember("t", text.replace('x', 'y')))
                        .on(3, "a", new Op.AddMember("t", text.replace('x', 'z')))
                        .on(4, "a", new Op.AddMember("t", text.replace('x', 'w')))
                        .on(5, "a", new Op.RemoveMember("t", text))
                        .batch()))
                .containsExactly("accepted", "accepted", "accepted", "rejected image_too_large", "accepted");
    }

    @Test
    void countsTheBytesOfTheImageAndNotItsChars() {
        MapView small = new MapView(new AdmitLimits(2_000, 10, 10, 1_000, 1 << 24));
        String ascii = "{\"t\":\"" + "x".repeat(1_300) + "\"}";
        String wide = "{\"t\":\"" + "é".repeat(1_300) + "\"}";

        assertThat(small.codes(Batch.of().put(1, ascii).put(2, wide).batch()))
                .containsExactly("accepted", "rejected image_too_large");
    }

    @Test
    void countsEveryOriginThatTheRecordNames() {
        MapView small = new MapView(new AdmitLimits(2_000, 10, 10, 1_000, 1 << 24));
        Batch batch = Batch.of();
        for (int i = 1; i <= 200; i++) batch.set(i, "n", "" + i);

        List<String> codes = small.codes(batch.batch());

        assertThat(codes).startsWith("accepted").endsWith("rejected image_too_large");
        assertThat(small.changes().get(0).meta().origins().size()).isLessThan(100);
    }

    @Test
    void closesTheGroupOfEntitiesBeforeAnApplyWhere() {
        project.push(Batch.of()
                .put(1, "{\"g\":1}")
                .applyWhere(2, "g eq 1", new Op.SetField("m", "1"))
                .set(3, "m", "2")
                .batch());

        assertThat(project.changes())
                .extracting(EntityChange::image)
                .containsExactly("{\"g\":1}", "{\"g\":1,\"m\":1}", "{\"g\":1,\"m\":2}");
        assertThat(project.changes())
                .extracting(change -> change.meta().applyWhere())
                .containsExactly(false, true, false);
    }

    @Test
    void answersAnApplyWhereThatChangesNothingWithTheHead() {
        project.push(Batch.of().put(1, "{\"g\":1,\"m\":1}").batch());

        Outcome outcome = project.push(Batch.of()
                        .applyWhere(2, "g eq 1", new Op.SetField("m", "1"))
                        .batch())
                .outcomes()
                .get(0);

        assertThat(outcome.code()).isEqualTo("unchanged");
        assertThat(outcome.ordinal().value()).isEqualTo(1);
        assertThat(outcome.fanOut()).isEqualTo(new Outcome.FanOut(1, 0, 0));
    }

    @Test
    void deletesWhatAnApplyWhereMatches() {
        project.push(Batch.of()
                .put(1, "{\"g\":1}")
                .on(2, "b", new Op.Put("{\"g\":2}"))
                .batch());

        project.push(Batch.of().applyWhere(3, "g in [1, 2]", new Op.Delete()).batch());

        assertThat(project.changes()).extracting(change -> change.meta().op()).containsOnly(ChangeOp.DELETE);
        assertThat(project.head().total()).isEqualTo(BucketState.EMPTY);
        assertThat(project.countOf("note")).isZero();
    }

    @Test
    void rejectsAFanOutWhoseImagesWouldNotFitInMemory() {
        MapView large = new MapView(new AdmitLimits(1 << 24, 100, 100, 1_000, 1 << 24));
        String payload = "{\"g\":1,\"t\":\"" + "x".repeat(15 << 20) + "\"}";
        for (int i = 0; i < 6; i++)
            large.push(Batch.of().on(i, "k" + i, new Op.Put(payload)).batch());

        assertThat(large.codes(Batch.of()
                        .applyWhere(9, "g eq 1", new Op.SetField("m", "1"))
                        .batch()))
                .containsExactly("rejected fanout_limit");
        assertThat(large.changes()).isEmpty();
    }

    @Test
    void carriesABatchOfLargeImagesOutInPartsWithOneOutcome() {
        MapView parts = new MapView(new AdmitLimits(1 << 20, 10, 10, 1_000, 250));
        Batch batch = Batch.of();
        for (int i = 0; i < 10; i++)
            batch.on(i, "k" + i % 5, new Op.Put("{\"n\":" + i + ",\"t\":\"" + "x".repeat(80) + "\"}"));

        assertThat(parts.push(batch.batch()).outcomes())
                .extracting(outcome -> outcome.ordinal().value())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(parts.partsOfLastPush()).isGreaterThan(3);
        assertThat(parts.changes())
                .extracting(change -> change.meta().ordinal().value())
                .containsExactly(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L, 10L);
        assertThat(parts.push(batch.batch()).outcomes()).allMatch(Outcome::duplicate);
    }

    @Test
    void holdsNoMoreThanOnePartOfManyFanOutsInMemory() {
        MapView parts = new MapView(new AdmitLimits(1 << 20, 10, 10, 1_000, 1_000));
        parts.push(Batch.of()
                .on(1, "a", new Op.Put("{\"g\":1,\"t\":\"" + "x".repeat(2_000) + "\"}"))
                .batch());
        Batch batch = Batch.of();
        for (int i = 2; i < 12; i++) batch.applyWhere(i, "g eq 1", new Op.SetField("m", String.valueOf(i)));

        parts.push(batch.batch());

        assertThat(parts.partsOfLastPush()).isEqualTo(10);
        assertThat(parts.changes()).hasSize(10);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"a apply_where with a key | k | ", "one with a base_version | | 1", "one beside another op | | "})
    void rejectsAnApplyWhereThatIsNotAlone(String name, String key, Long base) {
        Op where = new Op.ApplyWhere("note", "g eq 1", List.of(new Op.Delete()));
        List<Op> ops = name.startsWith("one beside") ? List.of(where, new Op.Delete()) : List.of(where);
        Mutation mutation = new Mutation(1, null, key, true, base, null, ops);

        assertThat(project.codes(Batch.of().add(mutation).batch())).containsExactly("rejected invalid_op");
    }

    @Test
    void addsUpDigestsAndCountsOfTheProjectAndOfEachBucket() {
        project.push(Batch.of().put(1, "{\"n\":1}").on(2, "b", new Op.Put("{}")).batch());
        project.push(Batch.of().set(3, "n", "2").on(4, "b", new Op.Delete()).batch());

        Digest expected = Hashes.entry("p/note/a", Hashes.image("{\"n\":2}"));
        assertThat(project.head().total()).isEqualTo(new BucketState(expected, 1));
        assertThat(project.bucket(Hashes.bucket("p/note/a"))).isEqualTo(new BucketState(expected, 1));
        assertThat(project.bucket(Hashes.bucket("p/note/b"))).isEqualTo(BucketState.EMPTY);
    }

    @Test
    void opensAProjectWithItsFirstBatchWhateverIsInIt() {
        project.push(Batch.of().put(1, "[]").batch());

        assertThat(project.head().life()).isEqualTo(ProjectHead.Life.OPEN);
    }
}
