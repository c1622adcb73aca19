package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.Hashes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Stored cursors of replicas and readers (semantics, section 5), and cursors that cannot be honoured. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CursorIT {
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    @TempDir
    static Path home;

    private Up up;

    @BeforeAll
    void starts() {
        up = Up.ready(home);
    }

    @AfterAll
    void stops() {
        up.close();
    }

    @Test
    void aReplicaThatIsUpToDateStaysAtTheHeadByPushing(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 3);
        project.ack("a", readToHead(project).cursor()).expect(200);
        project.pushed(PushBody.by("a").upsert(1, "a1", "{}").upsert(2, "a2", "{}"));
        project.pushed(PushBody.by("a").delete(3, "a1"));
        awaitUnifiedAtHead(project, "a");
        JsonNode page = project.pulled("target=a");
        assertThat(page.path("changes")).isEmpty();
        assertThat(page.path("has_more").asBoolean()).isFalse();
    }

    @Test
    void aReplicaThatReadAnEmptyProjectIsNotSentItsOwnFirstPush() {
        ProjectApi project = up.project("empty-at-first");
        project.ack("a", project.pulled("target=a").path("cursor").asText()).expect(200);
        project.pushed(PushBody.by("a").upsert(1, "a1", "{}").upsert(2, "a2", "{}"));
        awaitUnifiedAtHead(project, "a");
        assertThat(project.pulled("target=a").path("changes")).isEmpty();
    }

    /** The interleaved writer: A is at 10, B commits 11 to 20, A pushes 21. */
    @Test
    void aReplicaThatIsBehindAndPushesStillReceivesWhatOthersWrote(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 10);
        String at10 = readToHead(project).cursor();
        project.ack("a", at10).expect(200);
        PushBody others = PushBody.by("b");
        for (int i = 11; i <= 20; i++) others.upsert(i, "n" + i, "{}");
        project.pushed(others);
        JsonNode answer =
                project.pushed(PushBody.by("a").withText("cursor", at10).upsert(21, "n21", "{}"));
        assertThat(answer.has("advance")).isFalse();
        assertThat(project.targetNow("a").path("unified_seq").asLong()).isEqualTo(Cursors.seqOf(at10));
        assertThat(keys(project.pulled("target=a")))
                .containsExactly("n11", "n12", "n13", "n14", "n15", "n16", "n17", "n18", "n19", "n20", "n21");
        assertThat(project.pulled("cursor=" + at10).path("changes")).hasSize(11);
    }

    @Test
    void aPushSaysHowFarItsOwnRecordsAdvanceTheCursorItCameWith(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 2);
        ServedCopy copy = readToHead(project);
        JsonNode advance = project.pushed(PushBody.by("a")
                        .withText("cursor", copy.cursor())
                        .upsert(1, "a1", "{\"x\": 1.0}")
                        .upsert(2, "a2", "{}")
                        .upsert(3, "a1", "{\"x\": 2}"))
                .path("advance");
        assertThat(advance.path("from").asText()).isEqualTo(copy.cursor());
        assertThat(advance.path("records")).hasSize(2);
        JsonNode first = advance.path("records").path(0);
        assertThat(first.path("entity_key").asText()).isEqualTo("a1");
        assertThat(first.path("local_seqs").toString()).isEqualTo("[1,3]");
        assertThat(first.path("hash").asText())
                .isEqualTo(Hashes.image(CanonicalJson.of("{\"x\":2}")).hex());
        JsonNode rest = project.pulled("cursor=" + advance.path("to").asText());
        assertThat(rest.path("changes")).isEmpty();
        assertThat(rest.path("head")).isEqualTo(copyHead(project));
    }

    @Test
    void anAdvanceStopsAtTheFirstRecordOfSomeoneElse(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 2);
        String cursor = readToHead(project).cursor();
        project.pushed(PushBody.by("a").upsert(1, "a1", "{}"));
        project.pushed(PushBody.by("b").upsert(1, "b1", "{}"));
        JsonNode advance = project.pushed(
                        PushBody.by("a").withText("cursor", cursor).upsert(2, "a2", "{}"))
                .path("advance");
        assertThat(advance.path("records")).hasSize(1);
        assertThat(Cursors.ordinalOf(advance.path("to").asText())).isEqualTo(Cursors.ordinalOf(cursor) + 1);
        assertThat(keys(project.pulled("cursor=" + advance.path("to").asText())))
                .containsExactly("b1", "a2");
    }

    @Test
    void aRecordThatCarriesSomeoneElsesMutationTooIsNotPassed(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 2);
        String cursor = readToHead(project).cursor();
        project.ack("a", cursor).expect(200);
        project.pushed(PushBody.by("a").add(1, "shared", "tags", "1"));
        awaitUnifiedAtHead(project, "a");
        project.pushed(PushBody.by("b").add(1, "shared", "tags", "2"));
        project.pushed(PushBody.by("a").add(2, "shared", "tags", "3"));
        JsonNode change = project.pulled("target=a").path("changes").path(0);
        assertThat(change.path("payload").toString()).isEqualTo("{\"tags\":[1,2,3]}");
    }

    @Test
    void anAckOfAnOlderCursorMovesNothing(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 5);
        String early = project.pulled("limit=2").path("cursor").asText();
        String late = readToHead(project).cursor();
        project.ack("r", late).expect(200);
        JsonNode target = project.ack("r", early).expect(200).json();
        assertThat(target.path("unified_cursor").asText()).isEqualTo(late);
        assertThat(project.targetNow("r").path("lag").asLong()).isZero();
    }

    @Test
    void anAckThatNamesAnotherStoredCursorOrGenerationIsRefused(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 5);
        String early = project.pulled("limit=2").path("cursor").asText();
        String late = readToHead(project).cursor();
        long generation =
                project.ack("r", early).expect(200).json().path("generation").asLong();
        Reply from = project.ack("r", ack(late).put("from", late));
        Reply stale = project.ack("r", ack(late).put("generation", generation - 1));
        assertThat(List.of(from.status(), stale.status())).containsExactly(409, 409);
        assertThat(List.of(from.code(), stale.code())).containsExactly("cursor_moved", "cursor_moved");
        project.ack("r", ack(late).put("from", early).put("generation", generation))
                .expect(200);
    }

    @Test
    void aResetStartsANewGenerationThere(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 5);
        String cursor = readToHead(project).cursor();
        long first =
                project.ack("r", cursor).expect(200).json().path("generation").asLong();
        JsonNode earliest = project.reset("r", "earliest").expect(200).json();
        assertThat(earliest.path("generation").asLong()).isEqualTo(first + 1);
        assertThat(project.pulled("target=r").path("changes")).hasSize(5);
        assertThat(project.ack("r", ack(cursor).put("generation", first)).status())
                .isEqualTo(409);
        JsonNode head = project.reset("r", "head").expect(200).json();
        assertThat(head.path("generation").asLong()).isEqualTo(first + 2);
        assertThat(project.pulled("target=r").path("changes")).isEmpty();
    }

    @Test
    void anotherIncarnationStartsANewGenerationAtEarliest(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 5);
        String cursor = readToHead(project).cursor();
        JsonNode old = project.ack("a", ack(cursor).put("incarnation", "i1"))
                .expect(200)
                .json();
        assertThat(project.pulled("target=a&incarnation=i1").path("changes")).isEmpty();
        assertThat(project.pulled("target=a&incarnation=i2").path("changes")).hasSize(5);
        JsonNode now = project.targetNow("a");
        assertThat(now.path("generation").asLong())
                .isEqualTo(old.path("generation").asLong() + 1);
        assertThat(now.path("incarnation").asText()).isEqualTo("i2");
        assertThat(now.path("unified_seq").asLong()).isEqualTo(-1);
    }

    @Test
    void aPushOfAnotherIncarnationDoesNotMoveTheCursorOfTheCopyBefore(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 5);
        project.ack("a", ack(readToHead(project).cursor()).put("incarnation", "i1"))
                .expect(200);
        project.pushed(PushBody.by("a").withText("incarnation", "i2").upsert(1, "new", "{}"));
        await().atMost(PATIENCE)
                .until(() -> project.targetNow("a").path("incarnation").asText().equals("i2"));
        assertThat(project.pulled("target=a").path("changes")).hasSize(6);
    }

    /** What is wrong with a cursor, and what every place that reads from one or stores it must say. */
    enum Unusable {
        DAMAGED(400, "cursor_invalid", Cursors::damaged),
        NO_TOKEN(400, "cursor_invalid", token -> "not-a-cursor"),
        OF_ANOTHER_EPOCH(410, "cursor_expired", Cursors::ofAnotherEpoch),
        BEYOND_THE_HEAD(409, "cursor_ahead", token -> Cursors.atSeq(token, 1_000_000));

        private final int status;
        private final String code;
        private final UnaryOperator<String> made;

        Unusable(int status, String code, UnaryOperator<String> made) {
            this.status = status;
            this.code = code;
            this.made = made;
        }
    }

    @ParameterizedTest
    @EnumSource
    void aCursorThatCannotBeHonouredIsRefusedWhereverItIsGiven(Unusable unusable) {
        ProjectApi project = up.project("refuses-" + unusable.name());
        project.pushed(PushBody.by("writer").upsert(1, "n1", "{}"));
        project.ack("known", project.headCursor()).expect(200);
        String cursor = unusable.made.apply(project.headCursor());
        expect(unusable.status, unusable.code, everywhere(project, cursor));
        assertThat(project.pulled("full=true").path("changes")).hasSize(1);
    }

    @Test
    void aCursorOfAnotherProjectIsRefusedWhereverItIsGiven(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 1);
        ProjectApi other = up.project("another");
        other.pushed(PushBody.by("writer").upsert(1, "n1", "{}"));
        project.ack("known", project.headCursor()).expect(200);
        expect(400, "cursor_invalid", everywhere(project, other.headCursor()));
    }

    @Test
    void aPushWithADamagedCursorIsRefusedWhole(TestInfo test) {
        ProjectApi project = projectWithNotes(test, 1);
        String cursor = Cursors.damaged(project.headCursor());
        Reply reply = project.push(PushBody.by("a").withText("cursor", cursor).upsert(1, "a1", "{}"));
        expect(400, "cursor_invalid", List.of(reply));
        assertThat(project.entity("note", "a1").status()).isEqualTo(404);
    }

    private static List<Reply> everywhere(ProjectApi project, String cursor) {
        return List.of(
                project.pull("cursor=" + cursor),
                project.ack("known", cursor),
                project.reset("known", cursor),
                project.api().get(project.at("/changes"), "Accept", "text/event-stream", "Last-Event-ID", cursor));
    }

    private static void expect(int status, String code, List<Reply> replies) {
        assertThat(replies).extracting(Reply::status).containsOnly(status);
        assertThat(replies).extracting(Reply::code).containsOnly(code);
    }

    private void awaitUnifiedAtHead(ProjectApi project, String target) {
        await("the unified cursor of " + target + " is at the head")
                .atMost(PATIENCE)
                .untilAsserted(() -> assertThat(
                                project.targetNow(target).path("unified_seq").asLong())
                        .isEqualTo(project.head().path("seq").asLong()));
    }

    private static ServedCopy readToHead(ProjectApi project) {
        return new ServedCopy(project.name()).readToHead(project, "limit=500");
    }

    /** The head as a page says it. */
    private static JsonNode copyHead(ProjectApi project) {
        return readToHead(project).head();
    }

    private static List<String> keys(JsonNode page) {
        List<String> keys = new ArrayList<>();
        page.path("changes")
                .forEach(change -> keys.add(change.path("entity_key").asText()));
        return keys;
    }

    private static ObjectNode ack(String cursor) {
        return Reply.JSON.createObjectNode().put("cursor", cursor);
    }

    /** A project of the test's own, with notes n1, n2 and so on of replica b. */
    private ProjectApi projectWithNotes(TestInfo test, int notes) {
        ProjectApi project = up.project(test.getTestMethod().orElseThrow().getName());
        PushBody body = PushBody.by("b0");
        for (int i = 1; i <= notes; i++) body.upsert(i, "n" + i, "{}");
        project.pushed(body);
        return project;
    }
}
