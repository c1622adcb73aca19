package dev.tidemark.algebra.client;

import static dev.tidemark.algebra.client.Wire.accepted;
import static dev.tidemark.algebra.client.Wire.advance;
import static dev.tidemark.algebra.client.Wire.answer;
import static dev.tidemark.algebra.client.Wire.answerAt;
import static dev.tidemark.algebra.client.Wire.complete;
import static dev.tidemark.algebra.client.Wire.conflict;
import static dev.tidemark.algebra.client.Wire.delete;
import static dev.tidemark.algebra.client.Wire.lastPage;
import static dev.tidemark.algebra.client.Wire.note;
import static dev.tidemark.algebra.client.Wire.rejected;
import static dev.tidemark.algebra.client.Wire.row;
import static dev.tidemark.algebra.client.Wire.set;
import static dev.tidemark.algebra.client.Wire.step;
import static dev.tidemark.algebra.client.Wire.unchanged;
import static dev.tidemark.algebra.client.Wire.with;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.Image;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps 1 to 4 of semantics section 6. */
class PushTest {
    private static final int MANY = 100;

    private final ReplicaCopy copy = new ReplicaCopy(new ReplicaId("p", "r", "0"));

    @Test
    void anEditIsSeenAtOnceAndIsNotInTheBase() {
        copy.edit(set("a", "f", "1"));
        assertThat(copy.view()).containsEntry(note("a"), Image.ofCanonical("{\"f\":1}"));
        assertThat(copy.base()).isEmpty();
    }

    @Test
    void anEditThatCanOnlyBeRejectedIsNotTaken() {
        EditStep step = copy.edit(set("a", "f", "{bad"));
        assertThat(step).isEqualTo(new EditStep.Refused(Reason.MALFORMED_JSON));
        assertThat(copy.outbox()).isEmpty();
    }

    @Test
    void aPushTakesTheOldestAndMarksThemSent() {
        edits(3);
        PushRequest request = copy.nextPush(2).orElseThrow();
        assertThat(localSeqs(request)).containsExactly(1L, 2L);
        assertThat(copy.outbox())
                .extracting(Pending::stage)
                .containsExactly(new Stage.Sent(), new Stage.Sent(), new Stage.New());
    }

    @Test
    void thereIsOnePushRequestAtATime() {
        edits(3);
        copy.nextPush(1);
        assertThat(copy.nextPush(1)).isEmpty();
    }

    @Test
    void aPushSaysWhatItFollowsAndWhatItWillNeverSendAgain() {
        edits(3);
        PushRequest first = copy.nextPush(2).orElseThrow();
        copy.pushAnswered(first, answer(accepted(1, 5), rejected(2, Reason.TYPE_MISMATCH)), "1");
        PushRequest second = copy.nextPush(2).orElseThrow();
        assertThat(first.batch().follows()).isNull();
        assertThat(second.batch().follows()).isEqualTo(2);
        assertThat(second.batch().ackedThrough()).isEqualTo(2);
    }

    @Test
    void afterALostAnswerTheSameBodiesLeaveAgainOldestFirst() {
        edits(2);
        PushRequest lost = copy.nextPush(2).orElseThrow();
        copy.edit(set("a", "f", "9"));
        copy.pushLost(lost);
        PushRequest again = copy.nextPush(MANY).orElseThrow();
        assertThat(again.batch().mutations().subList(0, 2))
                .isEqualTo(lost.batch().mutations());
        assertThat(localSeqs(again)).containsExactly(1L, 2L, 3L);
    }

    @Test
    void afterACrashBetweenMarkingAndSendingItIsSentAsIfItHadLeft() {
        edits(1);
        PushRequest unsent = copy.nextPush(1).orElseThrow();
        PushRequest again = copy.restarted().nextPush(1).orElseThrow();
        assertThat(again.batch()).isEqualTo(unsent.batch());
    }

    static Stream<List<PushAnswer.Result>> answersThatDoNotMatch() {
        return Stream.of(
                List.of(),
                List.of(accepted(1, 5)),
                List.of(accepted(1, 5), accepted(2, 6), accepted(3, 7)),
                List.of(accepted(2, 6), accepted(1, 5)),
                List.of(accepted(1, 5), accepted(1, 5)),
                List.of(accepted(1, 5), new PushAnswer.Result(2, Outcome.Kind.REJECTED, CloudSeq.NONE, null)));
    }

    @ParameterizedTest
    @MethodSource("answersThatDoNotMatch")
    void anAnswerThatDoesNotMatchItsRequestSettlesNothing(List<PushAnswer.Result> results) {
        edits(2);
        PushRequest request = copy.nextPush(2).orElseThrow();
        AnswerStep step = copy.pushAnswered(request, answer(results.toArray(PushAnswer.Result[]::new)), "1");
        assertThat(step).isEqualTo(new AnswerStep.Ignored(AnswerStep.Why.MISMATCH));
        assertThat(copy.nextPush(2).orElseThrow().batch()).isEqualTo(request.batch());
    }

    @Test
    void anAnswerToARequestThatWasGivenUpSettlesNothing() {
        edits(1);
        PushRequest request = copy.nextPush(1).orElseThrow();
        copy.pushLost(request);
        assertThat(copy.pushAnswered(request, answer(accepted(1, 5)), "1"))
                .isEqualTo(new AnswerStep.Ignored(AnswerStep.Why.LATE));
        assertThat(copy.outbox()).extracting(Pending::stage).containsExactly(new Stage.Sent());
    }

    @Test
    void anOutcomeAloneNeverChangesTheBaseOrTheCursor() {
        copy.pageReceived(copy.nextPull(), lastPage(complete(10)));
        copy.edit(set("a", "f", "1"));
        copy.pushAnswered(copy.nextPush(1).orElseThrow(), answer(accepted(1, 21)), "1");
        assertThat(copy.base()).isEmpty();
        assertThat(copy.cursor()).contains(complete(10));
        assertThat(copy.view()).containsOnlyKeys(note("a"));
    }

    @Test
    void aRejectedMutationIsShownAndBlocksNoOther() {
        edits(2);
        Mutation first = copy.outbox().get(0).mutation();
        AnswerStep step = copy.pushAnswered(
                copy.nextPush(2).orElseThrow(), answer(conflict(1, Reason.STALE_BASE), accepted(2, 5)), "1");
        assertThat(step)
                .isEqualTo(new AnswerStep.Taken(
                        List.of(new Undone(first, Reason.STALE_BASE)), AnswerStep.AdvanceUse.NONE));
        assertThat(copy.outbox()).extracting(Pending::localSeq).containsExactly(2L);
    }

    @Test
    void aLateDuplicateDoesNotBringADeletedEntityBack() {
        copy.edit(set("a", "f", "1"));
        PushRequest request = copy.nextPush(1).orElseThrow();
        copy.pageReceived(copy.nextPull(), lastPage(complete(8), row(8, "a", null)));
        copy.pushAnswered(request, answer(accepted(1, 5)), "1");
        assertThat(copy.view()).isEmpty();
        assertThat(copy.outbox()).isEmpty();
    }

    /** Compaction may take a superseded record before anybody reads it: its mutation must not be pushed for ever. */
    @Test
    void whatIsAcceptedAtAnUnknownSeqIsSettledAtTheHeadOfTheAnswer() {
        copy.edit(set("a", "f", "1"));
        AnswerStep step = copy.pushAnswered(copy.nextPush(1).orElseThrow(), answer(accepted(1, -1)), "1");
        assertThat(step).isInstanceOf(AnswerStep.Taken.class);
        copy.pageReceived(copy.nextPull(), lastPage(complete(99), row(99, "a", "{}")));
        assertThat(copy.outbox()).hasSize(1);
        copy.pageReceived(copy.nextPull(), lastPage(complete(100)));
        assertThat(copy.outbox()).isEmpty();
    }

    /** As after its project was deleted, and its origins with it: else it would be refused for ever. */
    @Test
    void aPushThatFollowsWhatNobodyKnowsIsPushedAgainFollowingNothing() {
        edits(2);
        copy.pushAnswered(copy.nextPush(1).orElseThrow(), answer(accepted(1, 5)), "1");
        PushRequest refused = copy.nextPush(1).orElseThrow();
        copy.pushOutOfOrder(refused);
        PushRequest next = copy.nextPush(1).orElseThrow();
        assertThat(next.batch().mutations()).isEqualTo(refused.batch().mutations());
        assertThat(next.batch().follows()).isNull();
        assertThat(next.batch().ackedThrough()).isNull();
    }

    @Test
    void aLateRefusalChangesNothing() {
        edits(2);
        PushRequest first = copy.nextPush(1).orElseThrow();
        copy.pushAnswered(first, answer(accepted(1, 5)), "1");
        copy.pushOutOfOrder(first);
        assertThat(copy.nextPush(1).orElseThrow().batch().follows()).isEqualTo(1);
    }

    @Test
    void whatChangedNothingInAnEmptyProjectIsDroppedAtTheFirstCompleteCursor() {
        copy.edit(delete("a"));
        Place nowhere = new Place(Wire.EPOCH, CloudSeq.NONE);
        copy.pushAnswered(copy.nextPush(1).orElseThrow(), answerAt(nowhere, unchanged(1, -1)), "1");
        copy.pageReceived(copy.nextPull(), lastPage(complete(-1)));
        assertThat(copy.outbox()).isEmpty();
    }

    @Test
    void anAdvanceTakesOwnRecordsIntoTheBase() {
        PushRequest request = pushedFrom10();
        PushAnswer answer = with(
                answer(accepted(1, 12), accepted(2, 13)),
                advance(complete(10), complete(13), step(12, "a", "{\"f\":1}", 1L), step(13, "b", "{\"f\":2}", 2L)));
        assertThat(copy.pushAnswered(request, answer, "1"))
                .isEqualTo(new AnswerStep.Taken(List.of(), AnswerStep.AdvanceUse.USED));
        assertThat(copy.cursor()).contains(complete(13));
        assertThat(copy.base()).containsOnlyKeys(note("a"), note("b"));
        assertThat(copy.outbox()).isEmpty();
    }

    static Stream<Advance> advancesThatDoNotFit() {
        return Stream.of(
                advance(complete(9), complete(12), step(12, "a", "{\"f\":1}", 1L)),
                advance(complete(10), complete(12), step(12, "a", "{\"f\":7}", 1L)),
                advance(complete(10), complete(12), step(12, "a", null, 1L)),
                advance(complete(10), complete(12), step(12, "b", "{\"f\":1}", 1L)),
                advance(complete(10), complete(12), step(12, "a", "{\"f\":1}", 1L), step(13, "a", "{\"f\":1}", 3L)));
    }

    @ParameterizedTest
    @MethodSource("advancesThatDoNotFit")
    void anAdvanceThatDoesNotFitIsIgnoredWhole(Advance advance) {
        PushRequest request = pushedFrom10();
        AnswerStep step = copy.pushAnswered(request, with(answer(accepted(1, 12), accepted(2, 13)), advance), "1");
        assertThat(step).isEqualTo(new AnswerStep.Taken(List.of(), AnswerStep.AdvanceUse.IGNORED));
        assertThat(copy.cursor()).contains(complete(10));
        assertThat(copy.base()).isEmpty();
    }

    static Stream<Reason> signsOfAClone() {
        return Stream.of(Reason.ORIGIN_REUSED, Reason.BELOW_WINDOW);
    }

    @ParameterizedTest
    @MethodSource("signsOfAClone")
    void aCloneTakesANewIncarnationAndPushesWhatIsUndecidedAgain(Reason sign) {
        edits(3);
        AnswerStep step = copy.pushAnswered(
                copy.nextPush(2).orElseThrow(), answer(accepted(1, 5), rejectedFor(2, sign)), "fresh");
        assertThat(step).isEqualTo(new AnswerStep.CloneFound(new ReplicaId("p", "r", "fresh"), List.of()));
        PushRequest next = copy.nextPush(MANY).orElseThrow();
        assertThat(next.batch().replica().incarnation()).isEqualTo("fresh");
        assertThat(next.batch().follows()).isNull();
        assertThat(localSeqs(next)).containsExactly(4L, 5L);
        assertThat(copy.nextPull().from()).isNull();
    }

    @Test
    void aForgottenOutcomeOfWhatWasSentBeforeIsNoSignOfAClone() {
        edits(1);
        copy.pushLost(copy.nextPush(1).orElseThrow());
        AnswerStep step =
                copy.pushAnswered(copy.nextPush(1).orElseThrow(), answer(rejected(1, Reason.BELOW_WINDOW)), "fresh");
        assertThat(step).isInstanceOf(AnswerStep.Taken.class);
        assertThat(copy.id().incarnation()).isEqualTo("0");
    }

    @Test
    void anApplyWhereIsSeenOnWhatMatchesAndNeverTwiceOnOneRow() {
        copy.pageReceived(copy.nextPull(), lastPage(complete(4), row(3, "a", "{\"f\":1}"), row(4, "b", "{\"f\":2}")));
        Op where = new Op.ApplyWhere("note", "f eq 1", List.of(new Op.SetField("g", "1")));
        copy.edit(new Mutation(0, null, null, true, null, null, List.of(where)));
        assertThat(copy.view(note("a"))).contains(Image.ofCanonical("{\"f\":1,\"g\":1}"));
        assertThat(copy.view(note("b"))).contains(Image.ofCanonical("{\"f\":2}"));
        copy.pushAnswered(copy.nextPush(1).orElseThrow(), answer(accepted(1, 6)), "1");
        copy.pageReceived(copy.nextPull(), Wire.page(Wire.incomplete(7), row(7, "a", "{\"f\":1,\"g\":2}")));
        assertThat(copy.view(note("a"))).contains(Image.ofCanonical("{\"f\":1,\"g\":2}"));
    }

    private PushRequest pushedFrom10() {
        copy.pageReceived(copy.nextPull(), lastPage(complete(10)));
        copy.edit(set("a", "f", "1"));
        copy.edit(set("b", "f", "2"));
        return copy.nextPush(2).orElseThrow();
    }

    private void edits(int count) {
        for (int i = 1; i <= count; i++) copy.edit(set("k" + i, "f", "" + i));
    }

    private static PushAnswer.Result rejectedFor(long localSeq, Reason reason) {
        return reason == Reason.ORIGIN_REUSED ? conflict(localSeq, reason) : rejected(localSeq, reason);
    }

    private static List<Long> localSeqs(PushRequest request) {
        return request.batch().mutations().stream().map(Mutation::localSeq).toList();
    }
}
