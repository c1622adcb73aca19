package dev.tidemark.testkit;

import static dev.tidemark.testkit.simulation.ground.Simplification.CANCELLED_PAIRS_DROPPED;
import static dev.tidemark.testkit.simulation.ground.Simplification.CHUNKED_FAN_OUT;
import static dev.tidemark.testkit.simulation.ground.Simplification.HEAD_AND_ROWS_APART;
import static dev.tidemark.testkit.simulation.ground.Simplification.NET_COUNTING;
import static dev.tidemark.testkit.simulation.ground.Simplification.ORIGINS_IN_ONE_VALUE;
import static dev.tidemark.testkit.simulation.ground.Simplification.POSITION_OF_THE_ANSWER;
import static dev.tidemark.testkit.simulation.ground.Simplification.PRODUCER_TIMESTAMPS;
import static dev.tidemark.testkit.simulation.ground.Simplification.PULL_FROM_UNIFIED;
import static dev.tidemark.testkit.simulation.ground.Simplification.RETIRED_INTO_THE_BASE;
import static dev.tidemark.testkit.simulation.ground.Simplification.TARGETS_SHOWN_UNCOMMITTED;
import static dev.tidemark.testkit.simulation.ground.Simplification.UNIFIED_EXTENDED_AFTER_ANY_ACK;
import static dev.tidemark.testkit.simulation.ground.Simplification.UNIFIED_EXTENDED_OVER_THE_INDEX;
import static dev.tidemark.testkit.simulation.ground.Simplification.UNIFIED_IS_MAX_OWN;
import static dev.tidemark.testkit.simulation.watch.Invariant.L10_FAN_OUT;
import static dev.tidemark.testkit.simulation.watch.Invariant.L1_FOLD;
import static dev.tidemark.testkit.simulation.watch.Invariant.L4_CURSOR;
import static dev.tidemark.testkit.simulation.watch.Invariant.L7_DIGEST;
import static dev.tidemark.testkit.simulation.watch.Invariant.PROGRESS;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.testkit.simulation.Failure;
import dev.tidemark.testkit.simulation.Seeds;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.watch.Invariant;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * Every simplification of semantics section 10, turned on, is found out: else the silence of the simulation would prove nothing.
 * With {@code -Dshrink=true} each prints what the simulation made of it.
 */
class SimulationSwitchesTest {
    private static final int SEEDS = 400;

    @Test
    void seesThatTheUnifiedCursorIsNotTheReplicasHighestRecord() {
        assertSeen(UNIFIED_IS_MAX_OWN, L4_CURSOR, "the copy lacks");
    }

    @Test
    void seesThatTheUnifiedCursorIsNotExtendedAfterAnIncompleteAck() {
        assertSeen(UNIFIED_EXTENDED_AFTER_ANY_ACK, L4_CURSOR, "the copy lacks");
    }

    @Test
    void seesThatTheUnifiedCursorIsNotExtendedOverTheIndexOfLatestRecords() {
        assertSeen(UNIFIED_EXTENDED_OVER_THE_INDEX, L4_CURSOR, "the copy lacks");
    }

    @Test
    void seesThatAnOutcomeAloneDoesNotChangeTheBase() {
        assertSeen(RETIRED_INTO_THE_BASE, L7_DIGEST, "is not the project at");
    }

    @Test
    void seesThatThePositionOfAnAnswerIsNotTheReplicas() {
        assertSeen(POSITION_OF_THE_ANSWER, L7_DIGEST, "is not the project at");
    }

    @Test
    void seesThatAReplicaThatPushesDoesNotPullFromItsUnifiedCursor() {
        assertSeen(PULL_FROM_UNIFIED, L7_DIGEST, "is not the project at");
    }

    @Test
    void seesThatAddsAndRemovesAreNotCounted() {
        assertSeen(NET_COUNTING, L1_FOLD, "expected");
    }

    @Test
    void seesThatAnAddAndARemoveDoNotCancelEachOther() {
        assertSeen(CANCELLED_PAIRS_DROPPED, L1_FOLD, "expected");
    }

    @Test
    void seesThatAnApplyWhereIsNotDoneInChunks() {
        assertSeen(CHUNKED_FAN_OUT, L10_FAN_OUT, "source");
    }

    @Test
    void seesThatAHeadAndItsRowsAreReadTogether() {
        assertSeen(HEAD_AND_ROWS_APART, L7_DIGEST, "the digest of a last page");
    }

    @Test
    void seesThatAWrongClockMustNotReachATopic() {
        assertSeen(PRODUCER_TIMESTAMPS, PROGRESS, "unread batches were deleted");
    }

    @Test
    void seesThatTheOriginsOfAReplicaOutgrowOneValue() {
        assertSeen(ORIGINS_IN_ONE_VALUE, PROGRESS, "larger than a record of the changelog");
    }

    /** A rare one: a restart must read an ack and a record that ends its generation in another order. */
    @Test
    void seesThatATargetIsNotShownBeforeItIsCommitted() {
        assertSeen(TARGETS_SHOWN_UNCOMMITTED, L4_CURSOR, "went back", 10_000);
    }

    /** @param how part of what the first violation says */
    private static void assertSeen(Simplification simplification, Invariant broken, String how) {
        assertSeen(simplification, broken, how, SEEDS);
    }

    private static void assertSeen(Simplification simplification, Invariant broken, String how, long seeds) {
        Optional<Failure> failure = new Seeds(simplification).firstFailure(1, seeds + 1, Set.of(broken));
        failure.map(Boolean.getBoolean("shrink") ? Failure::report : Failure::line)
                .ifPresent(System.out::println);
        assertThat(failure.map(Failure::violation))
                .hasValueSatisfying(violation -> assertThat(violation).hasMessageContaining(how));
    }
}
