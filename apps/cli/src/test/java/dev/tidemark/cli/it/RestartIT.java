package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A clean stop and start, and one that finds its stores gone: nothing that was served is different afterwards. */
class RestartIT {
    private static final String[] PROJECTS = {"alpha", "beta", "gamma"};

    @TempDir
    static Path home;

    private final long seed = Seeds.next(RestartIT.class);
    private final Up up = Up.in(home);

    @AfterEach
    void stops() {
        up.close();
    }

    @Test
    void aStopAndStartKeepEverything() {
        Duration first = up.start();
        for (String name : PROJECTS) fill(up.project(name));
        List<JsonNode> before = everythingServed();
        assertThat(up.stop()).isZero();
        Duration again = up.start();
        assertThat(everythingServed()).isEqualTo(before);
        assertThat(up.stop()).isZero();
        Trees.delete(up.data().resolve("state"));
        Duration restored = up.start();
        assertThat(everythingServed()).isEqualTo(before);
        for (String name : PROJECTS) goesOn(up.project(name));
        System.out.println("RestartIT: first ready in " + first.toMillis() + " ms, again in " + again.toMillis()
                + " ms, with all stores restored in " + restored.toMillis() + " ms");
    }

    private void fill(ProjectApi project) {
        new Writer(project, "left", 15, seed).call();
        project.ack("half", project.pulled("limit=10").path("cursor").asText()).expect(200);
        new Writer(project, "right", 15, seed).call();
        project.ack("full", project.headCursor()).expect(200);
        project.api()
                .put(project.at("/targets/filtered"), "{\"kind\":\"reader\",\"filter\":[\"note\"]}")
                .expect(201);
        project.reset("half", "earliest").expect(200);
    }

    private List<JsonNode> everythingServed() {
        List<JsonNode> all = new ArrayList<>();
        all.add(up.api().get("/v1/projects").expect(200).json());
        for (String name : PROJECTS) {
            ProjectApi project = up.project(name);
            all.add(project.api().get(project.at("")).expect(200).json());
            all.add(project.api()
                    .get(project.at("/digest?buckets=true"))
                    .expect(200)
                    .json());
            all.add(withoutAges(
                    project.api().get(project.at("/targets")).expect(200).json()));
            all.add(project.pulled("limit=1000"));
            all.add(Reply.JSON.valueToTree(project.seqs("left")));
            all.add(Reply.JSON.valueToTree(project.seqs("right")));
        }
        return all;
    }

    /** What grows while nothing happens. */
    private static JsonNode withoutAges(JsonNode targets) {
        targets.path("targets").forEach(target -> ((ObjectNode) target).remove("freshness_ms"));
        return targets;
    }

    private static void goesOn(ProjectApi project) {
        long ordinal = project.head().path("ordinal").asLong();
        JsonNode answer = project.pushed(PushBody.by("after").upsert(1, "after", "{}"));
        assertThat(answer.path("head").path("ordinal").asLong()).isEqualTo(ordinal + 1);
    }
}
