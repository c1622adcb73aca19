package dev.tidemark.algebra.client;

import static dev.tidemark.algebra.client.Wire.accepted;
import static dev.tidemark.algebra.client.Wire.answer;
import static dev.tidemark.algebra.client.Wire.complete;
import static dev.tidemark.algebra.client.Wire.cursor;
import static dev.tidemark.algebra.client.Wire.digest;
import static dev.tidemark.algebra.client.Wire.incomplete;
import static dev.tidemark.algebra.client.Wire.lastPage;
import static dev.tidemark.algebra.client.Wire.note;
import static dev.tidemark.algebra.client.Wire.page;
import static dev.tidemark.algebra.client.Wire.row;
import static dev.tidemark.algebra.client.Wire.set;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.tidemark.algebra.Image;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Steps 5 to 9 of semantics section 6. */
class PullTest {
    private final ReplicaCopy copy = new ReplicaCopy(new ReplicaId("p", "r", "0"));

    @Test
    void aFreshCopyBeginsWithAFullRead() {
        assertThat(copy.nextPull().from()).isNull();
    }

    @Test
    void aPageMovesTheBaseAndTheCursorTogether() {
        PageStep step = copy.pageReceived(copy.nextPull(), page(incomplete(3), row(3, "a", "{\"f\":1}")));
        assertThat(step).isEqualTo(new PageStep.Applied(incomplete(3)));
        assertThat(copy.base()).containsOnlyKeys(note("a"));
        assertThat(copy.nextPull().from()).isEqualTo(incomplete(3));
    }

    @Test
    void aPushOfMineDoesNotSkipTheRecordsOfOthers() {
        copy.pageReceived(copy.nextPull(), lastPage(complete(10)));
        copy.edit(set("mine", "f", "1"));
        copy.pushAnswered(copy.nextPush(1).orElseThrow(), answer(accepted(1, 21)), "1");
        assertThat(copy.nextPull().from()).isEqualTo(complete(10));
        copy.pageReceived(
                copy.nextPull(), lastPage(complete(21), row(15, "other", "{}"), row(21, "mine", "{\"f\":1}")));
        assertThat(copy.base()).containsOnlyKeys(note("other"), note("mine"));
    }

    @Test
    void aPullNeverHidesANewerEdit() {
        copy.edit(set("a", "f", "2"));
        copy.pageReceived(copy.nextPull(), lastPage(complete(5), row(5, "a", "{\"f\":1,\"g\":1}")));
        assertThat(copy.view(note("a"))).contains(Image.ofCanonical("{\"f\":2,\"g\":1}"));
    }

    @Test
    void anEchoRetiresItsMutation() {
        settled(7);
        copy.pageReceived(copy.nextPull(), page(incomplete(7), row(7, "a", "{\"f\":1}")));
        assertThat(copy.outbox()).isEmpty();
    }

    @Test
    void anIncompleteCursorRetiresNothingByItself() {
        settled(7);
        copy.pageReceived(copy.nextPull(), page(incomplete(9), row(9, "other", "{}")));
        assertThat(copy.outbox()).hasSize(1);
        assertThat(copy.view(note("a"))).isPresent();
    }

    @Test
    void aCompleteCursorRetiresWhatIsAtOrBelowIt() {
        settled(7);
        copy.pageReceived(copy.nextPull(), lastPage(complete(9), row(9, "other", "{}")));
        assertThat(copy.outbox()).isEmpty();
    }

    @Test
    void aPageThatWasNotCutFromHereIsDropped() {
        PullRequest first = copy.nextPull();
        copy.pageReceived(first, page(incomplete(3), row(3, "a", "{}")));
        assertThat(copy.pageReceived(first, page(incomplete(2), row(2, "b", "{}"))))
                .isEqualTo(new PageStep.Dropped());
        assertThat(copy.base()).containsOnlyKeys(note("a"));
    }

    @Test
    void aLatePageOfAnEarlierFullReadIsDropped() {
        PullRequest late = copy.nextPull();
        copy.fullReadStarted();
        assertThat(copy.pageReceived(late, lastPage(complete(2)))).isEqualTo(new PageStep.Dropped());
        assertThat(copy.nextPull().from()).isNull();
    }

    static Stream<Arguments> brokenPages() {
        return Stream.of(
                arguments(page(incomplete(5)), PulledPage.Fault.NOT_ADVANCING),
                arguments(lastPage(complete(4)), PulledPage.Fault.GOES_BACK),
                arguments(lastPage(cursor(new Epoch(2), 9, true)), PulledPage.Fault.OTHER_EPOCH),
                arguments(page(incomplete(9), row(5, "a", "{}")), PulledPage.Fault.ROWS_OUT_OF_ORDER),
                arguments(
                        page(incomplete(9), row(8, "a", "{}"), row(7, "b", "{}")), PulledPage.Fault.ROWS_OUT_OF_ORDER),
                arguments(page(incomplete(9), row(10, "a", "{}")), PulledPage.Fault.ROWS_OUT_OF_ORDER));
    }

    @ParameterizedTest
    @MethodSource("brokenPages")
    void aBrokenPageChangesNothing(PulledPage broken, PulledPage.Fault fault) {
        copy.pageReceived(copy.nextPull(), page(incomplete(5), row(5, "x", "{}")));
        assertThat(copy.pageReceived(copy.nextPull(), broken)).isEqualTo(new PageStep.Broken(fault));
        assertThat(copy.cursor()).contains(incomplete(5));
        assertThat(copy.base()).containsOnlyKeys(note("x"));
    }

    @Test
    void anEmptyLastPageMayStayWhereItIs() {
        copy.pageReceived(copy.nextPull(), page(incomplete(5), row(5, "x", "{}")));
        assertThat(copy.pageReceived(copy.nextPull(), lastPage(complete(5))))
                .isEqualTo(new PageStep.CaughtUp(complete(5)));
    }

    @Test
    void atTheEndTheDigestIsCompared() {
        PulledPage right =
                new PulledPage(List.of(row(5, "a", "{\"f\":1}")), complete(5), false, digest("a", "{\"f\":1}"));
        assertThat(copy.pageReceived(copy.nextPull(), right)).isEqualTo(new PageStep.CaughtUp(complete(5)));
        PulledPage wrong = new PulledPage(List.of(row(6, "a", null)), complete(6), false, digest("b", "{}"));
        assertThat(copy.pageReceived(copy.nextPull(), wrong))
                .isEqualTo(new PageStep.Differs(complete(6), digest("b", "{}"), Digest.ZERO));
    }

    @Test
    void aFullReadDeletesWhatItDidNotSeeAndKeepsTheOutbox() {
        copy.pageReceived(copy.nextPull(), lastPage(complete(5), row(4, "kept", "{}"), row(5, "gone", "{}")));
        copy.edit(set("mine", "f", "1"));
        copy.expired(copy.nextPull());
        copy.pageReceived(copy.nextPull(), page(incomplete(4), row(4, "kept", "{}")));
        assertThat(copy.base()).containsOnlyKeys(note("kept"), note("gone"));
        copy.pageReceived(copy.nextPull(), lastPage(complete(9), row(9, "new", "{}")));
        assertThat(copy.base()).containsOnlyKeys(note("kept"), note("new"));
        assertThat(copy.outbox()).hasSize(1);
    }

    @Test
    void nothingIsAckedUntilAFullReadIsAtItsEnd() {
        copy.pageReceived(copy.nextPull(), page(incomplete(4), row(4, "a", "{}")));
        assertThat(copy.ackable()).isEmpty();
        copy.pageReceived(copy.nextPull(), lastPage(complete(4)));
        assertThat(copy.ackable()).contains(complete(4));
    }

    @Test
    void anExpiredCursorThatIsNoLongerMineIsNoReasonToReadInFull() {
        PullRequest old = copy.nextPull();
        copy.pageReceived(old, lastPage(complete(5)));
        copy.expired(old);
        assertThat(copy.cursor()).contains(complete(5));
    }

    @Test
    void whatWasSettledInAnotherEpochIsDroppedAtTheEndOfTheFullRead() {
        settled(900);
        copy.fullReadStarted();
        copy.pageReceived(copy.nextPull(), page(cursor(new Epoch(2), 1, false), row(1, "other", "{}")));
        assertThat(copy.outbox()).hasSize(1);
        copy.pageReceived(copy.nextPull(), lastPage(cursor(new Epoch(2), 2, true), row(2, "a", "{\"f\":1}")));
        assertThat(copy.outbox()).isEmpty();
    }

    /** The base is in the next epoch when the answer comes: no page will ever reach its place. */
    @Test
    void whatIsAnsweredLateByAnEpochIsDroppedAtTheEndOfTheNextPages() {
        copy.edit(set("a", "f", "1"));
        PushRequest late = copy.nextPush(1).orElseThrow();
        copy.pageReceived(copy.nextPull(), lastPage(cursor(new Epoch(2), 9, true)));
        copy.pushAnswered(late, answer(accepted(1, 5)), "1");
        assertThat(copy.view()).containsKey(note("a"));
        copy.pageReceived(copy.nextPull(), lastPage(cursor(new Epoch(2), 9, true)));
        assertThat(copy.view()).isEmpty();
        assertThat(copy.outbox()).isEmpty();
    }

    @Test
    void aRestartKeepsAllButTheRequestUnderWay() {
        copy.pageReceived(copy.nextPull(), lastPage(complete(5), row(5, "a", "{}")));
        copy.edit(set("b", "f", "1"));
        copy.nextPush(1);
        ReplicaCopy restarted = copy.restarted();
        assertThat(restarted.base()).isEqualTo(copy.base());
        assertThat(restarted.outbox()).isEqualTo(copy.outbox());
        assertThat(restarted.cursor()).isEqualTo(copy.cursor());
        assertThat(restarted.underWay()).isNull();
    }

    /** One edit of entity a, accepted at that seq. */
    private void settled(long seq) {
        copy.edit(set("a", "f", "1"));
        copy.pushAnswered(copy.nextPush(1).orElseThrow(), answer(accepted(1, seq)), "1");
    }
}
