package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInfo;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of readers who were away longer than deletes are shown (L9), with a horizon of two seconds. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HorizonIT {
    private static final Duration PURGE_MAX = Duration.ofSeconds(60);

    @TempDir
    static Path home;

    private Up up;

    @BeforeAll
    void starts() {
        up = Up.ready(home, "horizon.ms=2000", "expiry.every.ms=200", "compaction.lag.ms=1000");
    }

    @AfterAll
    void stops() {
        up.close();
    }

    @Test
    void aCursorBelowAPurgedDeleteIsExpiredAndAFullReadIsNot(TestInfo test) {
        ProjectApi project = projectWithTwoNotes(test);
        String before = project.headCursor();
        awaitPurged(project, deleteAndGoOn(project));
        Reply pull = project.pull("cursor=" + before);
        assertThat(pull.status()).isEqualTo(410);
        assertThat(pull.code()).isEqualTo("cursor_expired");
        ServedCopy copy = new ServedCopy(project.name()).readToHead(project, "limit=1");
        assertThat(copy.digest()).isEqualTo(project.head().path("digest").asText());
        assertThat(copy.size()).isEqualTo(2);
    }

    @Test
    void aTargetThatSleptTooLongIsToldSo(TestInfo test) {
        ProjectApi project = projectWithTwoNotes(test);
        project.ack("sleeper", project.headCursor()).expect(200);
        awaitPurged(project, deleteAndGoOn(project));
        assertThat(project.targetNow("sleeper").path("state").asText()).isEqualTo("expired");
        assertThat(project.pull("target=sleeper").status()).isEqualTo(410);
        project.reset("sleeper", "earliest").expect(200);
        assertThat(project.pulled("target=sleeper").path("changes")).hasSize(2);
    }

    @Test
    void aReaderAtTheHeadGoesOnAfterThePurge(TestInfo test) {
        ProjectApi project = projectWithTwoNotes(test);
        long tombstone = deleteAndGoOn(project);
        String atHead = project.headCursor();
        awaitPurged(project, tombstone);
        assertThat(project.pulled("cursor=" + atHead).path("changes")).isEmpty();
        project.pushed(PushBody.by("b").upsert(1, "later", "{}"));
        assertThat(project.pulled("cursor=" + atHead).path("changes")).hasSize(1);
    }

    /** Its floor is the head at its first page: what was purged up to there it never had to be shown. */
    @Test
    void aFullReadBegunAfterTheDeleteGoesOnAfterThePurge(TestInfo test) {
        ProjectApi project = projectWithTwoNotes(test);
        long tombstone = deleteAndGoOn(project);
        ServedCopy copy = new ServedCopy(project.name());
        copy.apply(project.pulled("full=true&limit=1"));
        assertThat(copy.isAtHead()).isFalse();
        awaitPurged(project, tombstone);
        copy.readToHead(project, "limit=1");
        assertThat(copy.digest()).isEqualTo(project.head().path("digest").asText());
    }

    @Test
    void theVersionOfAnEntityDoesNotGoBackWhenItComesAgain(TestInfo test) {
        ProjectApi project = projectWithTwoNotes(test);
        for (int i = 1; i <= 5; i++) project.pushed(PushBody.by("b").upsert(i, "gone", "{\"i\":" + i + "}"));
        awaitPurged(project, deleteAndGoOn(project));
        JsonNode again = project.pushed(PushBody.by("b").upsert(6, "gone", "{}"));
        assertThat(again.path("results").path(0).path("version").asLong()).isGreaterThan(7);
    }

    private ProjectApi projectWithTwoNotes(TestInfo test) {
        ProjectApi project = up.project(test.getTestMethod().orElseThrow().getName());
        project.pushed(PushBody.by("a").upsert(1, "kept", "{}").upsert(2, "gone", "{}"));
        return project;
    }

    /** The head's row is never purged, so something comes after the delete. @return the seq of the delete */
    private static long deleteAndGoOn(ProjectApi project) {
        JsonNode delete = project.pushed(PushBody.by("a").delete(3, "gone"));
        project.pushed(PushBody.by("a").upsert(4, "after", "{}"));
        return delete.path("head").path("seq").asLong();
    }

    private static void awaitPurged(ProjectApi project, long tombstone) {
        await("the tombstone at " + tombstone + " is purged")
                .atMost(PURGE_MAX)
                .until(() -> project.api()
                                .get(project.at(""))
                                .expect(200)
                                .json()
                                .path("horizon")
                                .asLong()
                        >= tombstone);
    }
}
