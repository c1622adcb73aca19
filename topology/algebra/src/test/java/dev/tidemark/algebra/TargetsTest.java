package dev.tidemark.algebra;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Head;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.model.TargetKind;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What becomes of a target; a head at seq 50 in epoch 1. */
class TargetsTest {
    private static final Epoch EPOCH = new Epoch(1);
    private static final Head HEAD = new Head(EPOCH, new CloudSeq(50), new Ordinal(5), 3, Digest.ZERO, CloudSeq.NONE);
    private static final List<String> ALL = List.of();

    @ParameterizedTest
    @CsvSource({
        // kind asked for, pushed before: kind it becomes
        "REPLICA, false, REPLICA",
        "DESTINATION, true, DESTINATION",
        ", false, READER",
        ", true, REPLICA"
    })
    void takesTheKindAskedForElseThatOfWhoeverPushedUnderItsName(
            @Nullable TargetKind asked, boolean pushed, TargetKind kind) {
        Target target = stored(decide(create(asked, null, ALL), null, pushed ? "7" : null));

        assertThat(target.kind()).isEqualTo(kind);
        assertThat(target.incarnation()).isEqualTo(pushed ? "7" : null);
        assertThat(target.unified()).isEqualTo(Cursor.earliest("p", EPOCH, 0));
        assertThat(target.generation()).isEqualTo(1);
    }

    @Test
    void staysAsItIsWhereItIsCreatedAgainForTheSameCopy() {
        Target before = target(TargetKind.REPLICA, "1", ALL, 30);

        assertThat(stored(decide(create(TargetKind.REPLICA, "1", ALL), before, null)))
                .isEqualTo(before);
        assertThat(stored(decide(create(null, null, ALL), before, null))).isEqualTo(before);
    }

    @Test
    void learnsTheIncarnationOfItsCopy() {
        Target before = target(TargetKind.READER, null, ALL, 30);

        Target after = stored(decide(create(null, "1", ALL), before, null));

        assertThat(after.incarnation()).isEqualTo("1");
        assertThat(after.unified()).isEqualTo(before.unified());
        assertThat(after.generation()).isEqualTo(1);
    }

    @Test
    void startsANewGenerationForAnotherIncarnation() {
        Target after =
                stored(decide(create(TargetKind.REPLICA, "2", ALL), target(TargetKind.REPLICA, "1", ALL, 30), null));

        assertRestarted(after);
        assertThat(after.incarnation()).isEqualTo("2");
    }

    @Test
    void startsANewGenerationForAnotherFilterAndNotForAnotherOrderOfIt() {
        Target before = target(TargetKind.READER, null, List.of("a", "b"), 30);

        assertThat(stored(decide(create(TargetKind.READER, null, List.of("b", "a")), before, null))
                        .generation())
                .isEqualTo(1);
        assertRestarted(stored(decide(create(TargetKind.READER, null, List.of("a")), before, null)));
        assertRestarted(stored(decide(create(TargetKind.READER, null, ALL), before, null)));
    }

    @Test
    void keepsTheFilterWhereNoneIsSaid() {
        Target before = target(TargetKind.READER, null, List.of("a"), 30);

        assertThat(stored(decide(create(null, null, ALL), before, null))).isEqualTo(before);
    }

    @Test
    void refusesAFilterThatIsTooLong() {
        List<String> filter = java.util.Collections.nCopies(Targets.FILTER_MAX + 1, "a");

        assertThat(code(decide(create(null, null, filter), null, null))).isEqualTo("filter_too_long");
    }

    @ParameterizedTest
    @CsvSource({"20, 30", "30, 30", "40, 40", "90, 90"})
    void movesByAnAckForwardOnly(long acked, long then) {
        Target after =
                stored(decide(ack(token(acked), null, null, null), target(TargetKind.READER, null, ALL, 30), null));

        assertThat(after.unified().seq().value()).isEqualTo(then);
        assertThat(after.acked()).isEqualTo(cursor(acked, EPOCH, 0));
        assertThat(after.lastAckMs()).isEqualTo(1_000);
    }

    @Test
    void isMadeByItsFirstAck() {
        Target target = stored(decide(ack(token(40), "1", null, null), null, "1"));

        assertThat(target.kind()).isEqualTo(TargetKind.REPLICA);
        assertThat(target.unified().seq().value()).isEqualTo(40);
    }

    @Test
    void restartsAtTheAckOfAnotherIncarnation() {
        Target after = stored(decide(ack(token(10), "2", null, null), target(TargetKind.REPLICA, "1", ALL, 30), null));

        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.unified().seq().value()).isEqualTo(10);
    }

    @ParameterizedTest
    @CsvSource({"30, 1, stored", "20, 1, cursor_moved", "30, 0, cursor_moved", "30, 2, cursor_moved"})
    void comparesTheCursorAndTheGenerationThatAnAckMovesOnFrom(long from, long generation, String expected) {
        Targets.Decision decision =
                decide(ack(token(40), null, token(from), generation), target(TargetKind.READER, null, ALL, 30), null);

        assertThat(decision instanceof Targets.Decision.Refused refused ? refused.code() : "stored")
                .isEqualTo(expected);
    }

    @Test
    void refusesCursorsItCannotTake() {
        Target target = target(TargetKind.READER, null, List.of("a"), 30);

        assertThat(code(decide(ack("damaged", null, null, null), target, null))).isEqualTo("cursor_invalid");
        assertThat(code(decide(ack(token(40), null, null, null), target, null)))
                .as("cut without the filter")
                .isEqualTo("cursor_invalid");
        assertThat(code(decide(
                        ack(
                                CursorToken.encode(cursor(40, new Epoch(2), CursorToken.filterHash(List.of("a")))),
                                null,
                                null,
                                null),
                        target,
                        null)))
                .isEqualTo("cursor_expired");
        Cursor elsewhere = new Cursor("q", EPOCH, new CloudSeq(40), new Ordinal(4), true, CloudSeq.NONE, 0);
        assertThat(code(decide(ack(CursorToken.encode(elsewhere), null, null, null), target, null)))
                .isEqualTo("cursor_invalid");
    }

    @ParameterizedTest
    @CsvSource({"earliest, -1", "head, 50"})
    void resetsToAPlaceInANewGeneration(String place, long seq) {
        Target after = stored(decide(reset(place), target(TargetKind.READER, "1", List.of("a"), 30), null));

        assertThat(after.unified().seq().value()).isEqualTo(seq);
        assertThat(after.unified().filterHash()).isEqualTo(CursorToken.filterHash(List.of("a")));
        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.acked()).isNull();
        assertThat(after.incarnation()).isEqualTo("1");
    }

    @Test
    void resetsToACursorEvenBackwards() {
        Target after = stored(decide(reset(token(10)), target(TargetKind.READER, null, ALL, 30), null));

        assertThat(after.unified().seq().value()).isEqualTo(10);
    }

    @ParameterizedTest
    @EnumSource(
            value = TargetEvent.Kind.class,
            names = {"RESET", "DELETE"})
    void doesNotFindWhatIsNotThere(TargetEvent.Kind kind) {
        TargetEvent event = new TargetEvent("p", "t", kind, null, null, null, ALL, "earliest", null, null);

        assertThat(code(decide(event, null, null))).isEqualTo("target_not_found");
    }

    @ParameterizedTest
    @CsvSource({
        // kind and incarnation before, incarnation that pushes: kind and generation then
        "READER, , 1, REPLICA, 1",
        "READER, 1, 1, REPLICA, 1",
        "REPLICA, 1, 1, REPLICA, 1",
        "REPLICA, 1, 2, REPLICA, 2",
        "DESTINATION, , 1, DESTINATION, 1"
    })
    void becomesTheTargetOfTheReplicaThatPushesUnderItsName(
            TargetKind kind, @Nullable String before, String pushes, TargetKind then, long generation) {
        Target after = Targets.pushed(target(kind, before, ALL, 30), pushes, EPOCH);

        assertThat(after.kind()).isEqualTo(then);
        assertThat(after.generation()).isEqualTo(generation);
        assertThat(after.unified().seq().isNone()).isEqualTo(generation == 2);
    }

    @Test
    void startsAnewInAnotherEpoch() {
        Target after = Targets.inEpoch(target(TargetKind.REPLICA, "1", List.of("a"), 30), new Epoch(2));

        assertThat(after.unified()).isEqualTo(Cursor.earliest("p", new Epoch(2), CursorToken.filterHash(List.of("a"))));
        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.incarnation()).isEqualTo("1");
    }

    private static void assertRestarted(Target after) {
        assertThat(after.generation()).isEqualTo(2);
        assertThat(after.unified().seq().isNone()).isTrue();
        assertThat(after.unified().filterHash()).isEqualTo(CursorToken.filterHash(after.filter()));
        assertThat(after.acked()).isNull();
    }

    private static Targets.Decision decide(TargetEvent event, @Nullable Target before, @Nullable String pushed) {
        return Targets.decide(event, before, HEAD, pushed, 1_000);
    }

    private static Target target(TargetKind kind, @Nullable String incarnation, List<String> filter, long seq) {
        Cursor unified = cursor(seq, EPOCH, CursorToken.filterHash(filter));
        return new Target("p", "t", kind, incarnation, filter, 1, unified, unified, 500, 500);
    }

    private static TargetEvent create(@Nullable TargetKind kind, @Nullable String incarnation, List<String> filter) {
        return new TargetEvent("p", "t", TargetEvent.Kind.CREATE, null, kind, incarnation, filter, null, null, null);
    }

    private static TargetEvent ack(
            String cursor, @Nullable String incarnation, @Nullable String from, @Nullable Long generation) {
        return new TargetEvent("p", "t", TargetEvent.Kind.ACK, null, null, incarnation, ALL, cursor, from, generation);
    }

    private static TargetEvent reset(String place) {
        return new TargetEvent("p", "t", TargetEvent.Kind.RESET, null, null, null, ALL, place, null, null);
    }

    private static Cursor cursor(long seq, Epoch epoch, int filterHash) {
        return new Cursor("p", epoch, new CloudSeq(seq), new Ordinal(seq / 10), true, CloudSeq.NONE, filterHash);
    }

    private static String token(long seq) {
        return CursorToken.encode(cursor(seq, EPOCH, 0));
    }

    private static Target stored(Targets.Decision decision) {
        return ((Targets.Decision.Stored) decision).target();
    }

    private static String code(Targets.Decision decision) {
        return ((Targets.Decision.Refused) decision).code();
    }
}
