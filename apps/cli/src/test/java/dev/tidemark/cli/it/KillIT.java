package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.model.EntityChange;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A server that is killed, again and again, while a real history is pushed into it and a reader follows. Each time it is
 * started on what is left; the pusher dies with it, or goes on by itself when it is back; once the server is killed
 * while it is still coming back.
 */
class KillIT {
    private static final int KILLS = 4;
    private static final int KILLED_WHILE_STARTING = 2;
    private static final Duration PROGRESS_MAX = Duration.ofSeconds(90);
    private static final Duration PUSH_MAX = Duration.ofSeconds(180);
    private static final int STARTING_MS_MAX = 4_000;
    private static final int SEQS_ASKED_FOR = 300;

    @TempDir
    static Path home;

    private final long seed = Seeds.next(KillIT.class);
    private final Random random = new Random(seed);
    private final History history = History.of("couchdb", home);
    private final Up up = Up.in(home);
    private final ConcurrentLinkedQueue<JsonNode> headsSeen = new ConcurrentLinkedQueue<>();
    private @Nullable Child pusher;

    @AfterEach
    void stops() {
        if (pusher != null) pusher.close();
        up.close();
    }

    @Test
    void losesDoublesAndTakesBackNothing() {
        System.out.println("KillIT: ready in " + up.start().toMillis() + " ms");
        ProjectApi project = up.project(history.project());
        try (Follower follower = new Follower(project)) {
            List<Integer> points = killPoints();
            for (int kill = 0; kill < KILLS; kill++) {
                if (pusher == null || !pusher.isAlive()) pusher = push();
                awaitRecords(project, points.get(kill));
                up.kill();
                long ackedBefore = follower.unifiedSeqAcked();
                if (kill % 2 == 0) pusher.kill();
                if (kill == KILLED_WHILE_STARTING) killWhileStarting();
                restart(project, points.get(kill));
                assertThat(follower.unifiedSeqNow()).isGreaterThanOrEqualTo(ackedBefore);
            }
            finishPush();
            follower.awaitHead(project.head(), up);
            checks(follower);
        }
    }

    private void checks(Follower follower) {
        HistoryEvidence evidence = new HistoryEvidence(history, up);
        evidence.stateIsExpected();
        evidence.logIsSound();
        evidence.mappingIsExact();
        evidence.seqsLeadBack(SEQS_ASKED_FOR, seed);
        evidence.pullsShowTheLog();
        headsSeen.forEach(head -> standsInLog(head, evidence.log()));
        follower.headsSeen().forEach(head -> standsInLog(head, evidence.log()));
        follower.agreesWith(evidence.log());
    }

    /** L6: what was once served is in the log for good. */
    private static void standsInLog(JsonNode head, ProjectLog log) {
        if (head.path("ordinal").asLong() == 0) return;
        EntityChange record = log.at(head.path("seq").asLong());
        assertThat(record.meta().ordinal().value())
                .isEqualTo(head.path("ordinal").asLong());
        assertThat(record.meta().digest().hex()).isEqualTo(head.path("digest").asText());
    }

    /** Numbers of records at which it dies, rising over the whole history. */
    private List<Integer> killPoints() {
        List<Integer> points = new ArrayList<>();
        int part = history.lines().size() * 4 / 5 / KILLS;
        for (int i = 0; i < KILLS; i++) points.add(i * part + 1 + random.nextInt(part));
        return points;
    }

    private Child push() {
        List<String> arguments =
                List.of("push", history.project(), history.file().toString(), "--json", "--server", up.server());
        return Child.start(up.work(), Child.COMMAND_FLAGS, arguments);
    }

    private void awaitRecords(ProjectApi project, int records) {
        await("the log grows to " + records)
                .atMost(PROGRESS_MAX)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> headOrdinal(project) >= records || !child().isAlive());
    }

    private long headOrdinal(ProjectApi project) {
        Reply reply = project.api().get(project.at("/digest"));
        if (reply.status() == 404 || reply.status() == 503) return 0;
        JsonNode head = reply.expect(200).json();
        headsSeen.add(head);
        return head.path("ordinal").asLong();
    }

    private void killWhileStarting() {
        Child starting = up.launch();
        int afterMs = random.nextInt(STARTING_MS_MAX);
        assertThat(starting.isGoneWithin(Duration.ofMillis(afterMs))).isFalse();
        starting.kill();
        System.out.println("KillIT: killed again " + afterMs + " ms after the start");
    }

    private void restart(ProjectApi project, int records) {
        long ms = up.start().toMillis();
        System.out.println(
                "KillIT: killed at " + records + " records, the pusher " + (child().isAlive() ? "goes on" : "died")
                        + ", ready again in " + ms + " ms at " + headOrdinal(project) + " records");
    }

    private void finishPush() {
        if (child().isAlive())
            assertThat(child().awaitExit(PUSH_MAX)).as(child().err()).isZero();
        child().close();
        pusher = push();
        assertThat(pusher.awaitExit(PUSH_MAX)).as(pusher.err()).isZero();
        JsonNode report = Reply.json(pusher.out());
        System.out.println("KillIT: last push " + report);
        assertThat(report.path("mutations").asInt()).isEqualTo(history.lines().size());
    }

    private Child child() {
        if (pusher == null) throw new IllegalStateException("nothing is pushed");
        return pusher;
    }

    /** A reader that pulls and acknowledges all the time, and goes on from its own cursor when the server is back. */
    private static final class Follower implements AutoCloseable {
        private static final String NAME = "follower";

        private final ProjectApi project;
        private final ServedCopy copy;
        private final ConcurrentLinkedQueue<JsonNode> heads = new ConcurrentLinkedQueue<>();
        private final Thread thread = new Thread(this::run, NAME);
        private volatile boolean stopped;
        private volatile long unifiedSeqAcked = -1;
        private volatile @Nullable Throwable failure;

        Follower(ProjectApi project) {
            this.project = project;
            this.copy = new ServedCopy(project.name());
            thread.start();
        }

        private void run() {
            try {
                while (!stopped) step();
            } catch (RuntimeException | AssertionError e) {
                failure = e;
            }
        }

        private void step() {
            try {
                String from = copy.cursor().isEmpty() ? "full=true" : "wait=1&cursor=" + copy.cursor();
                Reply page = project.pull("limit=300&" + from);
                if (page.status() == 503) return;
                read(page.expect(200).json());
                Reply ack = project.ack(NAME, copy.cursor());
                if (ack.status() == 503) return;
                acked(ack.expect(200).json().path("unified_seq").asLong());
            } catch (UncheckedIOException down) {
                Thread.onSpinWait();
            }
        }

        private synchronized void read(JsonNode page) {
            if (copy.apply(page)) heads.add(page.path("head"));
        }

        private void acked(long unifiedSeq) {
            if (unifiedSeq < unifiedSeqAcked)
                throw new AssertionError("the unified cursor went back from " + unifiedSeqAcked + " to " + unifiedSeq);
            unifiedSeqAcked = unifiedSeq;
        }

        long unifiedSeqAcked() {
            return unifiedSeqAcked;
        }

        /** As the server says by itself; -1 where it knows no such target. */
        long unifiedSeqNow() {
            Reply target = await("the target is shown")
                    .atMost(PROGRESS_MAX)
                    .until(() -> project.target(NAME), reply -> reply.status() != 503);
            return target.status() == 404
                    ? -1
                    : target.expect(200).json().path("unified_seq").asLong();
        }

        Iterable<JsonNode> headsSeen() {
            return heads;
        }

        void awaitHead(JsonNode head, Up up) {
            await("the follower reaches the head").atMost(PROGRESS_MAX).until(() -> {
                if (failure != null) throw new AssertionError("the follower failed; " + up.troubles(), failure);
                return lastSeq() >= head.path("seq").asLong();
            });
        }

        private synchronized long lastSeq() {
            return copy.lastSeq();
        }

        synchronized void agreesWith(ProjectLog log) {
            assertThat(copy.digest()).isEqualTo(log.digest().hex());
            for (JsonNode change : copy.changes())
                assertThat(log.at(change.path("seq").asLong()).id().key())
                        .isEqualTo(change.path("entity_key").asText());
        }

        @Override
        public void close() {
            stopped = true;
            try {
                thread.join(10_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
