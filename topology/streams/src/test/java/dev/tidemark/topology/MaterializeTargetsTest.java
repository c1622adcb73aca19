package dev.tidemark.topology;

import static dev.tidemark.topology.Push.PHONE;
import static dev.tidemark.topology.Push.PROJECT;
import static dev.tidemark.topology.Push.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.Targets;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Head;
import dev.tidemark.model.Op;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.model.TargetKind;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.TopicCatalogue;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Targets and their unified cursors, moved by acks (rule A) and by the replica's own records (rule B). */
class MaterializeTargetsTest {
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
    void createsATargetBeforeEveryRecord() {
        Target target = stored(create("reader", TargetKind.READER));

        assertThat(target.unified()).isEqualTo(Cursor.earliest(PROJECT, head().epoch(), 0));
        assertThat(target.generation()).isEqualTo(1);
        assertThat(target.createdMs()).isEqualTo(Driver.START.toEpochMilli());
    }

    @Test
    void movesAReaderByItsAcks() {
        pipeline.push(push().put(1, "a", "{}").put(2, "b", "{}").batch());
        create("reader", TargetKind.READER);

        Target target = stored(ack("reader", null, headCursor()));

        assertThat(target.unified()).isEqualTo(headCursor());
        assertThat(target.acked()).isEqualTo(headCursor());
    }

    @Test
    void neverMovesBackByAnOlderAck() {
        pipeline.push(push().put(1, "a", "{}").batch());
        Cursor early = headCursor();
        pipeline.push(push().put(2, "b", "{}").batch());
        ack("reader", null, headCursor());

        Target target = stored(ack("reader", null, early));

        assertThat(target.unified()).isEqualTo(headCursor());
    }

    /** A replica that is up to date pushes: its cursor stays at the head. */
    @Test
    void carriesAReplicaOverItsOwnRecords() {
        pipeline.push(push().put(1, "a", "{}").batch());
        ack("laptop", "1", headCursor());

        pipeline.push(push().put(2, "b", "{}").put(3, "c", "{}").batch());

        assertThat(target("laptop").unified()).isEqualTo(headCursor());
    }

    @Test
    void carriesAReplicaOverItsOwnRecordsOnceItAcksWhatIsBeforeThem() {
        pipeline.push(Push.from(PHONE).put(1, "a", "{}").batch());
        Cursor behindPhone = headCursor();
        create("laptop", TargetKind.REPLICA);
        pipeline.push(push().put(1, "b", "{}").batch());
        assertThat(target("laptop").unified().seq().isNone()).isTrue();

        ack("laptop", "1", behindPhone);

        assertThat(target("laptop").unified()).isEqualTo(headCursor());
    }

    @Test
    void neverCarriesAReplicaOverARecordOfAnother() {
        ack("laptop", "1", completeAt(pipeline.push(push().put(1, "a", "{}").batch())));
        Cursor before = target("laptop").unified();

        pipeline.push(Push.from(PHONE).put(1, "x", "{}").batch());
        pipeline.push(push().put(2, "b", "{}").batch());

        assertThat(target("laptop").unified()).isEqualTo(before);
    }

    @Test
    void neverCarriesAReplicaOverItsOwnFanOut() {
        ack(
                "laptop",
                "1",
                completeAt(pipeline.push(push().put(1, "a", "{\"g\":1}").batch())));
        Cursor before = target("laptop").unified();

        pipeline.push(push().applyWhere(2, "g eq 1", new Op.SetField("n", "1")).batch());

        assertThat(target("laptop").unified()).isEqualTo(before);
    }

    @Test
    void neverCarriesAReplicaFromACursorThatIsNotComplete() {
        pipeline.push(push().put(1, "a", "{}").put(2, "b", "{}").batch());
        Head head = head();
        Cursor inside = new Cursor(
                PROJECT, head.epoch(), head.seq(), head.ordinal(), false, dev.tidemark.model.CloudSeq.NONE, 0);
        ack("laptop", "1", inside);

        pipeline.push(push().put(3, "c", "{}").batch());

        assertThat(target("laptop").unified()).isEqualTo(inside);
    }

    @Test
    void restartsATargetWhoseReplicaComesAgainAsAnotherIncarnation() {
        ack("laptop", "1", completeAt(pipeline.push(push().put(1, "a", "{}").batch())));

        pipeline.push(Push.from(new dev.tidemark.model.ReplicaId(PROJECT, "laptop", "2"))
                .put(1, "b", "{}")
                .batch());

        Target target = target("laptop");
        assertThat(target.incarnation()).isEqualTo("2");
        assertThat(target.generation()).isEqualTo(2);
        assertThat(target.unified().seq().isNone()).isTrue();
    }

    @Test
    void refusesAnAckOfAnOldGeneration() {
        pipeline.push(push().put(1, "a", "{}").batch());
        create("reader", TargetKind.READER);
        reset("reader", "earliest");

        Targets.Decision decision =
                materialize.decide(event(TargetEvent.Kind.ACK, "reader", null, token(headCursor()), null, 1L));

        assertThat(refusal(decision)).isEqualTo("cursor_moved");
        assertThat(target("reader").unified().seq().isNone()).isTrue();
    }

    @Test
    void refusesAnAckThatMovesOnFromElsewhere() {
        Cursor first = completeAt(pipeline.push(push().put(1, "a", "{}").batch()));
        pipeline.push(push().put(2, "b", "{}").batch());
        create("reader", TargetKind.READER);

        Targets.Decision decision = materialize.decide(
                event(TargetEvent.Kind.ACK, "reader", null, token(headCursor()), token(first), null));

        assertThat(refusal(decision)).isEqualTo("cursor_moved");
    }

    @Test
    void refusesCursorsThatAreNotOfThisLog() {
        pipeline.push(push().put(1, "a", "{}").batch());
        Cursor head = headCursor();
        Cursor otherProject =
                new Cursor("q", head.epoch(), head.seq(), head.ordinal(), true, head.floor(), head.filterHash());
        Cursor otherEpoch =
                new Cursor(PROJECT, new dev.tidemark.model.Epoch(7), head.seq(), head.ordinal(), true, head.floor(), 0);

        assertThat(refusal(ack("reader", null, otherProject))).isEqualTo("cursor_invalid");
        assertThat(refusal(ack("reader", null, otherEpoch))).isEqualTo("cursor_expired");
        assertThat(refusal(materialize.decide(event(TargetEvent.Kind.ACK, "reader", null, "garbage", null, null))))
                .isEqualTo("cursor_invalid");
        assertThat(materialize.target(PROJECT, "reader")).isNull();
    }

    @Test
    void resetsATargetToTheBeginningAndToTheHead() {
        pipeline.push(push().put(1, "a", "{}").batch());
        create("reader", TargetKind.READER);

        assertThat(stored(reset("reader", "head")).unified()).isEqualTo(headCursor());
        Target target = stored(reset("reader", "earliest"));
        assertThat(target.unified().seq().isNone()).isTrue();
        assertThat(target.generation()).isEqualTo(3);
        assertThat(target.acked()).isNull();
    }

    @Test
    void deletesATarget() {
        create("reader", TargetKind.READER);

        assertThat(materialize.decide(event(TargetEvent.Kind.DELETE, "reader", null, null, null, null)))
                .isInstanceOf(Targets.Decision.Removed.class);
        assertThat(materialize.target(PROJECT, "reader")).isNull();
        assertThat(refusal(materialize.decide(event(TargetEvent.Kind.DELETE, "reader", null, null, null, null))))
                .isEqualTo("target_not_found");
    }

    @Test
    void startsEveryTargetAnewInANewEpoch() {
        pipeline.push(push().put(1, "a", "{}").batch());
        ack("reader", null, headCursor());
        pipeline.deleteProject(PROJECT);

        pipeline.readLog();
        pipeline.readOutcomes();

        Target target = target("reader");
        assertThat(target.unified()).isEqualTo(Cursor.earliest(PROJECT, head().epoch(), 0));
        assertThat(target.generation()).isEqualTo(2);
        assertThat(head().epoch())
                .isEqualTo(pipeline.admit().cluster().identity().epoch(1));
        assertThat(head().count()).isZero();
    }

    @Test
    void entersAnEpochWithTheFirstRecordOfItWhereTheNoticeIsLate() {
        pipeline.push(push().put(1, "a", "{}").batch());
        ack("reader", null, headCursor());
        pipeline.deleteProject(PROJECT);
        pipeline.admit(push().put(2, "b", "{}").batch());

        pipeline.readLog();
        assertThat(head().epoch())
                .isEqualTo(pipeline.admit().cluster().identity().epoch(1));
        ack("reader", null, headCursor());
        pipeline.readOutcomes();

        assertThat(target("reader").unified()).isEqualTo(headCursor());
        assertThat(target("reader").generation()).isEqualTo(2);
    }

    /** The log is read far ahead of the outcomes, over two deletions of the project. */
    @Test
    void neverGoesBackToAnEpochThatIsOver() {
        pipeline.push(push().put(1, "a", "{}").batch());
        pipeline.deleteProject(PROJECT);
        pipeline.admit(push().put(2, "a", "{}").batch());
        pipeline.deleteProject(PROJECT);
        pipeline.admit(push().put(3, "a", "{}").batch());
        pipeline.readLog();
        Head reached = head();
        ack("reader", null, headCursor());
        Target acked = target("reader");

        pipeline.readOutcomes();

        assertThat(head()).isEqualTo(reached);
        assertThat(target("reader")).isEqualTo(acked);
    }

    @Test
    void buriesAnEventThatCannotBeReadAndGoesOn() {
        materialize.pipe(TopicCatalogue.ACKS, Driver.utf8(PROJECT), Driver.utf8("no avro"));
        stored(create("reader", TargetKind.READER));

        assertThat(materialize.deadLetters())
                .singleElement()
                .satisfies(letter ->
                        assertThat(Driver.text(letter, Headers.DEAD_REASON)).isEqualTo("no_magic_byte"));
    }

    @Test
    void refusesAFilterThatNoRowCouldHold() {
        TargetEvent event = new TargetEvent(
                PROJECT,
                "reader",
                TargetEvent.Kind.CREATE,
                "r",
                TargetKind.READER,
                null,
                Collections.nCopies(100_000, "note"),
                null,
                null,
                null);

        assertThat(refusal(materialize.decide(event))).isEqualTo("filter_too_long");
        assertThat(materialize.target(PROJECT, "reader")).isNull();
    }

    private Head head() {
        return materialize.store(Names.HEADS_BY_PROJECT).get(dev.tidemark.topology.serde.Keys.of(PROJECT)) == null
                ? Head.empty(pipeline.admit().cluster().identity().epoch(0))
                : materialize.head(PROJECT);
    }

    private Cursor headCursor() {
        return head().cursor(PROJECT, 0);
    }

    private static Cursor completeAt(BatchAnswer answer) {
        return answer.head().cursor(PROJECT, 0);
    }

    private Target target(String name) {
        return Objects.requireNonNull(materialize.target(PROJECT, name));
    }

    private Targets.Decision create(String name, TargetKind kind) {
        return materialize.decide(
                new TargetEvent(PROJECT, name, TargetEvent.Kind.CREATE, "r", kind, null, List.of(), null, null, null));
    }

    private Targets.Decision ack(String name, @Nullable String incarnation, Cursor cursor) {
        return materialize.decide(event(TargetEvent.Kind.ACK, name, incarnation, token(cursor), null, null));
    }

    private Targets.Decision reset(String name, String to) {
        return materialize.decide(event(TargetEvent.Kind.RESET, name, null, to, null, null));
    }

    private static TargetEvent event(
            TargetEvent.Kind kind,
            String name,
            @Nullable String incarnation,
            @Nullable String cursor,
            @Nullable String from,
            @Nullable Long generation) {
        return new TargetEvent(PROJECT, name, kind, "r", null, incarnation, List.of(), cursor, from, generation);
    }

    private static String token(Cursor cursor) {
        return CursorToken.encode(cursor);
    }

    private static Target stored(Targets.Decision decision) {
        return ((Targets.Decision.Stored) decision).target();
    }

    private static String refusal(Targets.Decision decision) {
        return ((Targets.Decision.Refused) decision).code();
    }
}
