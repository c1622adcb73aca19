package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Everyone who reads: pages with acks, long-poll, server-sent events, NDJSON, filters, reads of one's own writes. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(value = 90, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReaderIT {
    private static final int PUSHES_EACH = 60;
    private static final long PATIENCE_SECONDS = 60;

    @TempDir
    static Path home;

    private final long seed = Seeds.next(ReaderIT.class);
    private final ExecutorService writers = Executors.newCachedThreadPool();
    private Up up;

    @BeforeAll
    void starts() {
        up = Up.ready(home);
    }

    @AfterAll
    void stops() {
        writers.shutdownNow();
        up.close();
    }

    @Test
    void pagesOfSevenWithAcksLeadToTheServedDigestWhileTwoWritersPush(TestInfo test) {
        ProjectApi project = project(test);
        List<Future<Long>> pushing = twoWriters(project);
        ServedCopy copy = new ServedCopy(project.name());
        while (!(copy.isAtHead() && pushing.stream().allMatch(Future::isDone) && isHead(copy, project)))
            pullAndAck(project, copy, "reader", "limit=7");
        assertThat(copy.digest()).isEqualTo(project.head().path("digest").asText());
        assertThat(copy.size()).isEqualTo(project.head().path("count").asInt());
        assertThat(project.targetNow("reader").path("lag").asLong()).isZero();
        pushing.forEach(ReaderIT::get);
    }

    @Test
    void aReaderThatLeavesItsPositionToTheServerMissesAndRepeatsNothing(TestInfo test) {
        ProjectApi project = project(test);
        List<Future<Long>> pushing = twoWriters(project);
        ServedCopy copy = new ServedCopy(project.name());
        boolean done = false;
        while (!done) {
            boolean written = pushing.stream().allMatch(Future::isDone);
            boolean atHead = copy.apply(project.pulled("limit=7&target=keeper"));
            project.ack("keeper", copy.cursor()).expect(200);
            done = written && atHead;
        }
        assertThat(copy.digest()).isEqualTo(project.head().path("digest").asText());
        pushing.forEach(ReaderIT::get);
    }

    @Test
    void aLongPollAnswersAsSoonAsSomethingIsPushed(TestInfo test) {
        ProjectApi project = project(test);
        String cursor = project.headCursor();
        CompletableFuture<Timed<JsonNode>> poll = CompletableFuture.supplyAsync(
                () -> Timed.of(() -> project.pulled("wait=30&cursor=" + cursor)), writers);
        project.pushed(PushBody.by("a").upsert(2, "second", "{}"));
        Timed<JsonNode> answer = get(poll);
        assertThat(answer.value().path("changes")).hasSize(1);
        assertThat(answer.value().path("changes").path(0).path("entity_key").asText())
                .isEqualTo("second");
        assertThat(answer.took()).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void aLongPollAnswersEmptyWhenNothingComes(TestInfo test) {
        ProjectApi project = project(test);
        String cursor = project.headCursor();
        Timed<JsonNode> answer = Timed.of(() -> project.pulled("wait=2&cursor=" + cursor));
        assertThat(answer.value().path("changes")).isEmpty();
        assertThat(answer.value().path("has_more").asBoolean()).isFalse();
        assertThat(answer.value().path("cursor").asText()).isEqualTo(cursor);
        assertThat(answer.took()).isBetween(Duration.ofMillis(1_900), Duration.ofSeconds(10));
    }

    @Test
    void eventsResumeAfterADropWithoutLossOrRepetition(TestInfo test) {
        ProjectApi project = project(test);
        List<Future<Long>> pushing = twoWriters(project);
        ServedCopy copy = new ServedCopy(project.name());
        String last = "";
        boolean done = false;
        for (int connection = 1; !done; connection++) {
            try (Sse events = Sse.open(project, "limit=5", last)) {
                // Every connection is dropped after a few events, each time a different number.
                for (int left = 1 + connection % 4; left > 0 && !done; left--) {
                    Sse.Event event = events.next();
                    copy.apply(event.page());
                    assertThat(event.id()).isEqualTo(copy.cursor());
                    last = event.id();
                    done = pushing.stream().allMatch(Future::isDone) && isHead(copy, project);
                }
            }
        }
        assertThat(copy.digest()).isEqualTo(project.head().path("digest").asText());
        pushing.forEach(ReaderIT::get);
    }

    @Test
    void anOpenEventStreamShowsWhatIsPushedMeanwhile(TestInfo test) {
        ProjectApi project = project(test);
        ServedCopy copy = new ServedCopy(project.name());
        try (Sse events = Sse.open(project, "limit=100", "")) {
            copy.apply(events.next().page());
            for (int i = 2; i <= 6; i++) project.pushed(PushBody.by("a").upsert(i, "note " + i, "{}"));
            while (copy.size() < 6) copy.apply(events.next().page());
        }
        assertThat(copy.digest()).isEqualTo(project.head().path("digest").asText());
    }

    @Test
    void ndjsonStreamsAllPages(TestInfo test) {
        ProjectApi project = project(test);
        twoWriters(project).forEach(ReaderIT::get);
        Reply reply = project.api()
                .get(project.at("/changes?full=true&limit=7"), "Accept", "application/x-ndjson")
                .expect(200);
        ServedCopy copy = new ServedCopy(project.name());
        List<Boolean> atHead = new ArrayList<>();
        reply.text().lines().forEach(line -> atHead.add(copy.apply(Reply.json(line))));
        assertThat(atHead).hasSizeGreaterThan(3).endsWith(true);
        assertThat(atHead.subList(0, atHead.size() - 1)).containsOnly(false);
        assertThat(copy.digest()).isEqualTo(copy.head().path("digest").asText());
    }

    @Test
    void aFilteredPullShowsOneTypeAndNoDigest(TestInfo test) {
        ProjectApi project = project(test);
        project.pushed(PushBody.by("a")
                .upsert(1, "n1", "{}")
                .mutation("{\"local_seq\":2,\"entity\":\"tag\",\"entity_key\":\"t1\",\"op\":\"upsert\",\"payload\":{}}")
                .upsert(3, "n2", "{}"));
        JsonNode page = project.pulled("entity=tag");
        assertThat(page.path("changes")).hasSize(1);
        assertThat(page.path("changes").path(0).path("entity").asText()).isEqualTo("tag");
        assertThat(page.path("head").has("digest")).isFalse();
        assertThat(page.path("has_more").asBoolean()).isFalse();
        assertThat(project.pull("cursor=" + page.path("cursor").asText()).status())
                .isEqualTo(400);
    }

    @Test
    void atLeastShowsOnesOwnWrites(TestInfo test) {
        ProjectApi project = project(test);
        for (int i = 1; i <= 20; i++) {
            String cursor =
                    headCursorAfter(project.pushed(PushBody.by("a").upsert(i, "n", "{\"i\":" + i + "}")), project);
            Reply read = project.api()
                    .get(project.at("/entities/note?key=n&at_least=" + cursor))
                    .expect(200);
            assertThat(read.json()
                            .path("entities")
                            .path(0)
                            .path("payload")
                            .path("i")
                            .asInt())
                    .isEqualTo(i);
        }
    }

    /** Behind the last record of a transaction stands its marker: a seq that the log has and no reader will see. */
    @Test
    void atLeastOfWhatIsNotServedYetSaysWhenToAskAgain(TestInfo test) {
        ProjectApi project = project(test);
        Cursor head = CursorToken.decode(project.headCursor());
        Cursor ahead = at(head, head.seq().value() + 1);
        Reply reply = project.pull("at_least=" + CursorToken.encode(ahead));
        assertThat(reply.status()).isEqualTo(503);
        assertThat(reply.code()).isEqualTo("not_served");
        assertThat(reply.header("Retry-After")).isNotEmpty();
    }

    /** A cursor of the head that a push answered with, as a reader may have been told it. */
    private static String headCursorAfter(JsonNode answer, ProjectApi project) {
        Cursor now = CursorToken.decode(project.headCursor());
        return CursorToken.encode(at(now, answer.path("head").path("seq").asLong()));
    }

    private static Cursor at(Cursor cursor, long seq) {
        return new Cursor(
                cursor.project(),
                cursor.epoch(),
                new CloudSeq(seq),
                cursor.ordinal(),
                cursor.complete(),
                cursor.floor(),
                cursor.filterHash());
    }

    /** Every test has a project of its own, with one note in it. */
    private ProjectApi project(TestInfo test) {
        ProjectApi project = up.project(test.getTestMethod().orElseThrow().getName());
        project.pushed(PushBody.by("founder").upsert(1, "first", "{}"));
        return project;
    }

    private List<Future<Long>> twoWriters(ProjectApi project) {
        return List.of(
                writers.submit(new Writer(project, "left", PUSHES_EACH, seed)),
                writers.submit(new Writer(project, "right", PUSHES_EACH, seed)));
    }

    private static void pullAndAck(ProjectApi project, ServedCopy copy, String target, String query) {
        copy.apply(project.pulled(copy.cursor().isEmpty() ? query : query + "&cursor=" + copy.cursor()));
        JsonNode acked = project.ack(target, copy.cursor()).expect(200).json();
        assertThat(acked.path("unified_cursor").asText()).isEqualTo(copy.cursor());
    }

    private static boolean isHead(ServedCopy copy, ProjectApi project) {
        return copy.head().path("seq").asLong() == project.head().path("seq").asLong();
    }

    private static <T> T get(Future<T> future) {
        try {
            return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("did not end well", e);
        }
    }

    /** What something gave, and how long it took. */
    private record Timed<T>(T value, Duration took) {
        static <T> Timed<T> of(Supplier<T> work) {
            long startNs = System.nanoTime();
            T value = work.get();
            return new Timed<>(value, Duration.ofNanos(System.nanoTime() - startNs));
        }
    }
}
