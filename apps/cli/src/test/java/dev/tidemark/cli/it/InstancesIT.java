package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.backbone.instances.ForwardedMark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances share the work: either answers any request, whoever owns the project. */
class InstancesIT {
    private static final int PROJECTS = 8;

    private static Stack stack;
    private static Instance one;
    private static Instance two;

    @BeforeAll
    static void start(@TempDir Path home) {
        stack = Stack.on(home.resolve("data"));
        one = Instance.of(stack.bootstrap(), home.resolve("one"));
        two = Instance.of(stack.bootstrap(), home.resolve("two"));
        one.start();
        one.awaitReady();
        two.start();
        await("both own partitions").atMost(Duration.ofSeconds(60)).until(() -> one.owns() > 0 && two.owns() > 0);
        one.awaitReady();
        two.awaitReady();
    }

    @AfterAll
    static void stop() {
        one.close();
        two.close();
        stack.close();
    }

    @Test
    void eitherTakesAndShowsEveryProject() {
        for (int i = 0; i < PROJECTS; i++) {
            Instance entry = i % 2 == 0 ? one : two;
            JsonNode pushed =
                    entry.project("p" + i).pushed(PushBody.by("laptop").upsert(1, "a", "{\"n\":" + i + "}"));
            assertThat(pushed.at("/results/0/outcome").asText()).isEqualTo("accepted");
        }

        for (int i = 0; i < PROJECTS; i++) {
            for (Instance instance : List.of(one, two)) {
                JsonNode page = instance.project("p" + i).pulled("full=true");
                assertThat(page.at("/changes/0/payload/n").asInt()).isEqualTo(i);
                assertThat(page.at("/has_more").asBoolean()).isFalse();
            }
        }
        assertThat(names(one)).isEqualTo(names(two)).hasSizeGreaterThanOrEqualTo(PROJECTS);
    }

    @Test
    void bothStreamThroughTheOther() {
        String lines = "";
        for (int i = 1; i <= 200; i++)
            lines += "{\"replica\":\"laptop\",\"local_seq\":" + i + ",\"entity\":\"note\",\"entity_key\":\"k" + i
                    + "\",\"op\":\"upsert\",\"payload\":{}}\n";
        for (Instance instance : List.of(one, two)) {
            for (int i = 0; i < 2; i++) {
                ProjectApi project = instance.project("s" + i);
                Reply reply = instance.api()
                        .post(project.at("/mutations"), "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8))
                        .expect(200);
                assertThat(reply.text().lines().count()).isEqualTo(200);
            }
        }
    }

    @Test
    void aRequestThatCameFromAnotherInstanceGoesNoFurther() {
        one.project("p").pushed(PushBody.by("laptop").upsert(1, "a", "{}"));

        String mark = new ForwardedMark(Instance.SECRET, Clock.systemUTC()).of("GET", "/v1/projects/p");

        assertThat(statuses("/v1/projects/p", mark)).containsExactlyInAnyOrder(200, 503);
    }

    @Test
    void nobodyElseCanSendAsIfItWereAnInstance() {
        String mark = new ForwardedMark("guessed", Clock.systemUTC()).of("GET", "/v1/projects/p");
        String ofAnother = new ForwardedMark(Instance.SECRET, Clock.systemUTC()).of("GET", "/v1/projects/q");

        assertThat(statuses("/v1/projects/p", mark)).containsOnly(403);
        assertThat(statuses("/v1/projects/p", ofAnother)).containsOnly(403);
        assertThat(statuses("/v1/projects/p", System.currentTimeMillis() + ".")).containsOnly(403);
    }

    private static List<Integer> statuses(String path, String mark) {
        return Stream.of(one, two)
                .map(instance ->
                        instance.api().get(path, ForwardedMark.HEADER, mark).status())
                .toList();
    }

    private static List<String> names(Instance instance) {
        List<String> names = new ArrayList<>();
        for (JsonNode project :
                instance.api().get("/v1/projects").expect(200).json().path("projects")) {
            assertThat(project.at("/head/ordinal").asInt()).isPositive();
            names.add(project.path("project").asText());
        }
        return names;
    }
}
