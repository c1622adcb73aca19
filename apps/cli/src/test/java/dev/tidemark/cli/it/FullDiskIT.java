package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A server whose disk is full, or fills while it works: it says so and ends, and with room again it goes on as if nothing had
 * been.
 */
class FullDiskIT {
    private static final int DISK_MIB = 400;
    private static final long MIB = 1L << 20;

    private static final Duration END_MAX = Duration.ofSeconds(60);
    private static final Duration PROGRESS_MAX = Duration.ofSeconds(90);
    private static final Duration PUSH_MAX = Duration.ofSeconds(180);
    private static final int STARTING_MS_MAX = 5_000;
    private static final int BATCH = 100;
    private static final int FAILED = 1;

    @TempDir
    Path home;

    private final Random random = new Random(Seeds.next(FullDiskIT.class));
    private SmallDisk disk;
    private Up up;

    @BeforeEach
    void mounts() {
        disk = SmallDisk.at(home.resolve("disk"), DISK_MIB);
        up = Up.on(disk.root().resolve("data"), home.resolve("work"));
    }

    @AfterEach
    void unmounts() {
        if (up != null) up.close();
        if (disk != null) disk.close();
    }

    /** With nothing left its next writes fail; with 60 MiB none does, and the server ends before one can. */
    @ParameterizedTest
    @ValueSource(ints = {0, 60})
    void aDiskThatFillsInTheMiddleOfAPushLosesAndDoublesNothing(int leftMiB) {
        History history = History.of("disruptor", home);
        up.start();
        try (Child push = push(history)) {
            awaitRecords(
                    push,
                    up.project(history.project()),
                    2 * BATCH + random.nextInt(history.lines().size() / 2));
            up.child().whileFrozen(() -> disk.fill(leftMiB * MIB));
            endsSayingThatTheDiskIsFull(up.child());
            long decided = decidedWhenItGaveUp(push);
            refusesToStartAndTouchesNothing();
            disk.makeRoom();
            up.start();
            goesOn(history, decided);
        }
    }

    @Test
    void aDiskThatFillsDuringTheFirstStartLeavesADirectoryThatStarts() {
        Child starting = up.launch();
        await("the directory is claimed")
                .atMost(PROGRESS_MAX)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> Files.exists(up.data().resolve("VERSION")));
        int afterMs = random.nextInt(STARTING_MS_MAX);
        assertThat(starting.isGoneWithin(Duration.ofMillis(afterMs))).isFalse();
        starting.whileFrozen(() -> disk.fill(0));
        System.out.println("FullDiskIT: full " + afterMs + " ms after the directory was claimed");
        endsSayingThatTheDiskIsFull(starting);
        disk.makeRoom();
        up.start();
        up.project("p").pushed(PushBody.by("a").upsert(1, "n1", "{}"));
    }

    @Test
    void aDiskThatIsFullAtFirstUseIsSaidSoAndStaysEmpty() {
        disk.fill(0);
        refusesToStartAndTouchesNothing();
        assertThat(up.data()).doesNotExist();
    }

    private Child push(History history) {
        return Child.start(
                up.work(),
                Child.COMMAND_FLAGS,
                List.of(
                        "push",
                        history.project(),
                        history.file().toString(),
                        "--json",
                        "--batch",
                        "" + BATCH,
                        "--retry-for",
                        "3",
                        "--server",
                        up.server()));
    }

    private static void awaitRecords(Child push, ProjectApi project, int records) {
        await("the log grows to " + records)
                .atMost(PROGRESS_MAX)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    assertThat(push.isAlive()).as(push.err()).isTrue();
                    Reply reply = project.api().get(project.at("/digest"));
                    return reply.status() == 200 && reply.json().path("ordinal").asLong() >= records;
                });
        System.out.println("FullDiskIT: full at " + records + " records");
    }

    private void endsSayingThatTheDiskIsFull(Child server) {
        assertThat(server.awaitExit(END_MAX)).as(server.out() + server.err()).isEqualTo(FAILED);
        assertThat(server.err().lines()).hasSize(1);
        assertThat(server.err())
                .startsWith("error: ")
                .contains("the disk of " + up.data())
                .contains("is full")
                .contains("free some space and start again");
    }

    private static long decidedWhenItGaveUp(Child push) {
        assertThat(push.awaitExit(PUSH_MAX)).isEqualTo(FAILED);
        assertThat(push.err().lines().toList())
                .last()
                .asString()
                .startsWith("error: gave up after ")
                .contains("run the same command again to go on, nothing is doubled");
        return decided(Reply.json(push.out()));
    }

    private static long decided(JsonNode report) {
        return report.path("accepted").asLong()
                + report.path("unchanged").asLong()
                + report.path("duplicate").asLong();
    }

    private void refusesToStartAndTouchesNothing() {
        TreeMap<String, FileTime> before = files();
        try (Child refused = up.another()) {
            assertThat(refused.awaitExit(END_MAX)).isEqualTo(FAILED);
            assertThat(refused.err().lines()).hasSize(1);
            assertThat(refused.err())
                    .startsWith("error: only ")
                    .contains("MiB are free on the disk of " + up.data())
                    .contains("free some space");
            assertThat(refused.out()).isEmpty();
        }
        assertThat(files()).isEqualTo(before);
    }

    private TreeMap<String, FileTime> files() {
        TreeMap<String, FileTime> changedByPath = new TreeMap<>();
        try (Stream<Path> files = Files.walk(disk.root())) {
            for (Path file : files.toList()) changedByPath.put(file.toString(), Files.getLastModifiedTime(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return changedByPath;
    }

    /** @param decided mutations whose outcome the pusher was told before the disk was full */
    private void goesOn(History history, long decided) {
        JsonNode rest = pushed(history);
        assertThat(rest.path("duplicate").asLong()).isGreaterThanOrEqualTo(decided);
        assertThat(decided(rest)).isEqualTo(history.lines().size());
        HistoryEvidence evidence = new HistoryEvidence(history, up);
        evidence.stateIsExpected();
        evidence.logIsSound();
        evidence.mappingIsExact();
        evidence.pullsShowTheLog();
        assertThat(pushed(history).path("duplicate").asLong())
                .isEqualTo(history.lines().size());
    }

    private JsonNode pushed(History history) {
        JsonNode report = Reply.json(
                Cli.run("push", history.project(), history.file().toString(), "--json", "--server", up.server())
                        .expectDone()
                        .out());
        System.out.println("FullDiskIT: " + report);
        return report;
    }
}
