package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances, one of which dies or stands still: the other takes over, and what was shown once never goes back. */
class FailoverIT {
    private static final int PARTITIONS = 6;
    private static final int PROJECTS = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Stack stack;
    private Instance one;
    private Instance two;
    private int pushed;

    @BeforeEach
    void start(@TempDir Path home) {
        stack = Stack.on(home.resolve("data"));
        one = Instance.of(stack.bootstrap(), home.resolve("one")).start().awaitReady();
        two = Instance.of(stack.bootstrap(), home.resolve("two")).start();
        await("both own partitions").atMost(PATIENCE).until(() -> one.owns() > 0 && two.owns() > 0);
        one.awaitReady();
        two.awaitReady();
        pushToAll();
    }

    @AfterEach
    void stop() {
        one.close();
        two.close();
        stack.close();
    }

    @Test
    void theOtherTakesOverWhenOneIsKilled() {
        List<Long> before = heads(one);
        two.child().kill();
        long killedNs = System.nanoTime();

        await("one serves all")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> one.owns() == PARTITIONS);
        System.out.println("FailoverIT: all served again after "
                + Duration.ofNanos(System.nanoTime() - killedNs).toMillis() + " ms");

        assertThat(heads(one)).isEqualTo(before);
        pushToAll();
        assertThat(heads(one)).isNotEqualTo(before);
    }

    /** Past its session: it believes that the partitions are its own, until it asks. */
    @Test
    void oneThatStoodStillShowsNothingOldWhenItGoesOn() {
        two.child().freeze();
        await("one serves all").atMost(PATIENCE).until(() -> one.owns() == PARTITIONS);
        pushToAll();
        List<Long> now = heads(one);

        two.child().thaw();
        List<Integer> statuses = new ArrayList<>();
        long untilNs = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (System.nanoTime() < untilNs) {
            for (int i = 0; i < PROJECTS; i++) {
                try {
                    Reply reply = two.project("p" + i).api().get("/v1/projects/p" + i);
                    statuses.add(reply.status());
                    if (reply.status() == 200)
                        assertThat(reply.json().at("/head/seq").asLong()).isGreaterThanOrEqualTo(now.get(i));
                } catch (UncheckedIOException e) {
                    // An answer that was cut off tells nothing.
                }
            }
        }
        assertThat(statuses).containsOnlyElementsOf(List.of(200, 503)).contains(200);
        await("both serve again").atMost(PATIENCE).until(() -> one.owns() + two.owns() == PARTITIONS);
    }

    private void pushToAll() {
        pushed++;
        for (int i = 0; i < PROJECTS; i++) {
            int project = i;
            await("a push is taken")
                    .atMost(PATIENCE)
                    .until(() -> one.project("p" + project)
                                    .push(PushBody.by("laptop").upsert(pushed, "a", "{\"n\":" + pushed + "}"))
                                    .status()
                            == 200);
        }
    }

    private static List<Long> heads(Instance instance) {
        List<Long> heads = new ArrayList<>();
        for (int i = 0; i < PROJECTS; i++) {
            JsonNode project =
                    instance.api().get("/v1/projects/p" + i).expect(200).json();
            heads.add(project.at("/head/seq").asLong());
        }
        return heads;
    }
}
