package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.BatchOutcome;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Dedup by origin: which rows there are after which batches, and what a re-send is answered. */
class OriginLedgerTest {
    private static final long NEVER = 1L << 62;

    private final MapView project = new MapView();

    @Test
    void keepsOneRowForTheOriginsOfABatch() {
        project.push(Batch.of(1, 2, 5).batch());
        project.push(Batch.of(6, 9).batch());

        assertThat(rows()).containsExactly("[1, 2, 5]", "[6, 9]");
        assertThat(state()).isEqualTo(new ReplicaState(-1, 9, 5));
    }

    @Test
    void keepsARowForRejectedAndUnchangedMutationsToo() {
        project.push(Batch.of().put(1, "[]").delete(2).putAt(3, 7, "{}").batch());

        assertThat(rows()).containsExactly("[1, 2, 3]");
    }

    /**
     * <pre>
     *   rows before   [10 20 30]        [40 50]
     *   batch              15  25  30 35     55
     * </pre>
     */
    @Test
    void takesLateOriginsIntoTheRowsThatSurroundThem() {
        project.push(Batch.of(10, 20, 30).batch());
        project.push(Batch.of(40, 50).batch());

        List<String> codes = project.codes(Batch.of(15, 25, 30, 35, 55).batch());

        assertThat(codes).containsExactly("accepted", "accepted", "duplicate", "accepted", "accepted");
        assertThat(rows()).containsExactly("[10, 15, 20, 25, 30, 35]", "[40, 50]", "[55]");
        assertThat(state().decided()).isEqualTo(9);
    }

    @Test
    void beginsARowForLateOriginsBeforeAllOthers() {
        project.push(Batch.of(10).batch());

        project.push(Batch.of(3, 4, 12).batch());

        assertThat(rows()).containsExactly("[3, 4]", "[10]", "[12]");
        assertThat(project.codes(Batch.of(3, 4, 10, 12).batch()))
                .containsExactly("duplicate", "duplicate", "duplicate", "duplicate");
    }

    @Test
    void takesTwoLateOriginsIntoOneRow() {
        project.push(Batch.of(1, 9).batch());
        project.push(Batch.of(3, 5).batch());
        project.push(Batch.of(2, 4, 6).batch());

        assertThat(rows()).containsExactly("[1, 2, 3, 4, 5, 6, 9]");
    }

    @Test
    void splitsARowThatWouldBecomeTooLong() {
        project.push(
                Batch.of(LongStream.range(0, 1_000).map(i -> i * 10).toArray()).batch());

        project.push(Batch.of(5_001).batch());
        project.push(Batch.of(4_999, 5_002, 9_989).batch());

        assertThat(project.runsOf(Batch.REPLICA).values())
                .allSatisfy(run -> assertThat(run.origins()).hasSizeLessThanOrEqualTo(OriginRun.ORIGINS_MAX));
        assertNoOverlap();
        assertThat(all()).hasSize(1_004).isSorted();
    }

    @Test
    void splitsAgainAndAgain() {
        project.push(
                Batch.of(LongStream.range(0, 1_000).map(i -> i * 100).toArray()).batch());
        for (int i = 1; i < 50; i++) {
            long offset = i;
            project.push(Batch.of(LongStream.range(0, 100)
                            .map(n -> n * 1_000 + offset)
                            .toArray())
                    .batch());
        }

        assertNoOverlap();
        assertThat(all()).hasSize(1_000 + 49 * 100).isSorted();
        assertThat(project.codes(Batch.of(1, 1_000, 98_049).batch()))
                .containsExactly("duplicate", "duplicate", "duplicate");
    }

    @ParameterizedTest
    @CsvSource({
        "-1, -1", // nothing is acked
        "0, 0",
        "2, 2",
        "5, 5", // between two local seqs
        "9, 9",
        "10, 9", // above all that is decided
        "4611686018427387904, 9"
    })
    void raisesTheFloorToWhatIsAckedButNeverAboveWhatIsDecided(long acked, long floor) {
        project.push(Batch.of(1, 2, 3).batch());

        BatchOutcome outcome = project.push(Batch.of(9).ackedThrough(acked).batch());

        assertThat(outcome.floor()).isEqualTo(floor);
    }

    @Test
    void neverLowersTheFloor() {
        project.push(Batch.of(1, 2).ackedThrough(2).batch());

        assertThat(project.push(Batch.of(3).ackedThrough(1).batch()).floor()).isEqualTo(2);
        assertThat(project.push(Batch.of(4).batch()).floor()).isEqualTo(2);
    }

    @Test
    void dropsRowsThatAreAckedWhole() {
        project.push(Batch.of(1, 2).batch());
        project.push(Batch.of(3, 4).batch());

        project.push(Batch.of(5).ackedThrough(3).batch());

        assertThat(rows()).containsExactly("[3, 4]", "[5]");
        assertThat(state()).isEqualTo(new ReplicaState(3, 5, 3));
    }

    @Test
    void answersBelowTheWindowWhatItNoLongerKnows() {
        project.push(Batch.of(1, 2).batch());
        project.push(Batch.of(3).ackedThrough(2).batch());

        assertThat(project.codes(Batch.of(1, 2, 3).batch()))
                .containsExactly("rejected below_window", "rejected below_window", "duplicate");
        assertThat(rows()).as("never recorded").containsExactly("[3]");
    }

    @Test
    void answersWhatItStillKnowsBelowTheFloorAsADuplicate() {
        project.push(Batch.of(1, 2, 3).batch());
        project.push(Batch.of(4).ackedThrough(2).batch());

        assertThat(project.codes(Batch.of(2).batch())).containsExactly("duplicate");
    }

    @Test
    void answersWhatWasNeverSentBelowTheFloorAsBelowTheWindow() {
        project.push(Batch.of(1, 5).batch());
        project.push(Batch.of(6).ackedThrough(4).batch());

        assertThat(project.codes(Batch.of(3).batch())).containsExactly("rejected below_window");
    }

    @Test
    void survivesAnAckOfEverythingThereWillEverBe() {
        Batch first = Batch.of(1, 2).ackedThrough(NEVER);
        assertThat(project.codes(first.batch())).containsExactly("accepted", "accepted");
        assertThat(project.codes(first.batch())).as("its answer was lost").containsExactly("duplicate", "duplicate");

        Batch second = Batch.of(3).ackedThrough(NEVER);
        assertThat(project.codes(second.batch())).containsExactly("accepted");
        assertThat(project.codes(second.batch())).containsExactly("duplicate");
        assertThat(project.codes(first.batch()))
                .as("it has said that it will not send them again")
                .containsExactly("rejected below_window", "rejected below_window");
        assertThat(rows()).containsExactly("[3]");
    }

    @Test
    void keepsTheLastOriginsOfAReplicaThatNeverAcks() {
        MapView few = new MapView(new AdmitLimits(1 << 20, 10, 10, 1_000, 1 << 20));
        for (int i = 0; i < 30; i++)
            few.push(
                    Batch.of(LongStream.range(i * 100, i * 100 + 100).toArray()).batch());

        assertThat(few.replica(Batch.REPLICA).decided()).isBetween(1_000L, 1_100L);
        assertThat(few.replica(Batch.REPLICA).floor())
                .isEqualTo(few.runsOf(Batch.REPLICA).firstKey() - 1);
        assertThat(few.codes(Batch.of(0).batch())).containsExactly("rejected below_window");
        assertThat(few.codes(Batch.of(2_999).batch())).containsExactly("duplicate");
    }

    @Test
    void dropsABoundedNumberOfRowsForABatch() {
        for (int i = 0; i < 3 * OriginLedger.RUNS_DROPPED_MAX; i++)
            project.push(Batch.of(i).batch());

        project.push(Batch.of(900).ackedThrough(800).batch());
        assertThat(rows()).hasSize(2 * OriginLedger.RUNS_DROPPED_MAX + 1);

        project.push(Batch.of(901).ackedThrough(900).batch());
        project.push(Batch.of(902).ackedThrough(901).batch());
        assertThat(rows()).containsExactly("[900]", "[901]", "[902]");
    }

    @Test
    void takesTheLargestLocalSeqThereIs() {
        project.push(Batch.of(Long.MAX_VALUE - 1, Long.MAX_VALUE).batch());

        assertThat(project.codes(Batch.of(Long.MAX_VALUE - 2, Long.MAX_VALUE)
                        .ackedThrough(Long.MAX_VALUE)
                        .batch()))
                .containsExactly("accepted", "duplicate");
        assertThat(state().floor()).isEqualTo(Long.MAX_VALUE);
    }

    private List<String> rows() {
        return project.runsOf(Batch.REPLICA).values().stream()
                .map(run -> run.origins().stream()
                        .map(DecidedOrigin::localSeq)
                        .toList()
                        .toString())
                .toList();
    }

    private List<Long> all() {
        return project.runsOf(Batch.REPLICA).values().stream()
                .flatMap(run -> run.origins().stream().map(DecidedOrigin::localSeq))
                .toList();
    }

    private void assertNoOverlap() {
        long last = -1;
        for (OriginRun<DecidedOrigin> run : project.runsOf(Batch.REPLICA).values()) {
            assertThat(run.first()).isGreaterThan(last);
            last = run.last();
        }
    }

    private ReplicaState state() {
        return project.replica(Batch.REPLICA);
    }
}
