package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.backbone.Backbone;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Some projects with everything that a repair could get wrong, and what was served of them: every push that was made with its
 * answer, entities, digests, targets, the mapping.
 */
final class Remembered {
    private static final String[] PROJECTS = {"alpha", "beta", "renewed", "emptied"};

    private final Map<String, List<Pushed>> pushes = new LinkedHashMap<>();
    private final Map<String, Served> served = new LinkedHashMap<>();
    private final Map<String, String> oldCursors = new TreeMap<>();

    private record Pushed(PushBody body, JsonNode results) {}

    /** @param entities by path, as the page shows them without their places in the log */
    record Served(JsonNode head, Map<String, JsonNode> entities, JsonNode targets, List<JsonNode> mapping) {}

    static Api api(Backbone backbone) {
        return new Api("http://127.0.0.1:" + backbone.address().getPort());
    }

    /** Makes the projects. */
    static Remembered in(Backbone backbone) {
        Remembered remembered = new Remembered();
        Api api = api(backbone);
        remembered.fill(new ProjectApi(api, "alpha"), 3);
        remembered.fill(new ProjectApi(api, "beta"), 1);
        remembered.renew(new ProjectApi(api, "renewed"));
        ProjectApi emptied = new ProjectApi(api, "emptied");
        remembered.push(emptied, PushBody.by("a").upsert(1, "only", "{\"v\":1}"));
        remembered.push(emptied, PushBody.by("a").delete(2, "only"));
        remembered.look(api);
        return remembered;
    }

    private void fill(ProjectApi project, int rounds) {
        project.api()
                .put(project.at(""), "{\"filterable\":{\"note\":[\"kind\"]}}")
                .expect(201);
        for (int round = 0; round < rounds; round++) {
            long seq = 100L * round;
            PushBody many = PushBody.by("left");
            for (int i = 1; i <= 20; i++)
                many.upsert(seq + i, "n" + i, "{\"kind\":\"k" + i % 3 + "\",\"round\":" + round + "}");
            push(project, many);
            push(
                    project,
                    PushBody.by("right").add(seq + 1, "n1", "tags", "" + round).delete(seq + 2, "n" + (round + 2)));
            push(project, PushBody.by("right").add(seq + 3, "n1", "kind", "1"));
            push(
                    project,
                    PushBody.by("right")
                            .mutation("{\"local_seq\":" + (seq + 4) + ",\"op\":\"apply_where\",\"entity\":\"note\","
                                    + "\"query\":\"kind eq \\\"k1\\\"\",\"ops\":[{\"op\":\"set\",\"field\":\"hit\",\"value\":"
                                    + round + "}]}"));
            push(project, PushBody.by("left").upsert(seq + 21, "n20", "{\"kind\":\"k2\",\"round\":" + round + "}"));
        }
        project.ack("half", project.pulled("limit=5").path("cursor").asText()).expect(200);
        project.ack("full", project.headCursor()).expect(200);
    }

    /** Deleted and begun again: what was pushed before must not come back. */
    private void renew(ProjectApi project) {
        project.pushed(PushBody.by("old").upsert(1, "before", "{}").upsert(2, "both", "{\"v\":1}"));
        project.api().delete(project.at("")).expect(202);
        org.awaitility.Awaitility.await("the project is deleted")
                .until(() -> project.api().get(project.at("")).status() == 404);
        push(project, PushBody.by("new").upsert(1, "both", "{\"v\":2}").upsert(2, "after", "{}"));
    }

    private void push(ProjectApi project, PushBody body) {
        JsonNode results = project.pushed(body).path("results");
        pushes.computeIfAbsent(project.name(), each -> new ArrayList<>()).add(new Pushed(body, results));
    }

    private void look(Api api) {
        for (String name : PROJECTS) {
            ProjectApi project = new ProjectApi(api, name);
            served.put(name, served(project));
            oldCursors.put(name, project.pulled("limit=1").path("cursor").asText());
        }
    }

    private static Served served(ProjectApi project) {
        Map<String, JsonNode> entities = new TreeMap<>();
        for (JsonNode change : project.pulled("limit=1000").path("changes")) {
            if (change.path("op").asText().equals("delete")) continue;
            ObjectNode entity = change.deepCopy();
            entity.remove(List.of("seq", "origins", "committed_at", "occurred_at"));
            entities.put(
                    change.path("entity").asText() + "/"
                            + change.path("entity_key").asText(),
                    entity);
        }
        List<JsonNode> mapping = new ArrayList<>();
        for (String replica : List.of("left", "right", "a", "new")) mapping.addAll(mapping(project, replica));
        return new Served(
                project.head(),
                entities,
                project.api().get(project.at("/targets")).expect(200).json(),
                mapping);
    }

    private static List<JsonNode> mapping(ProjectApi project, String replica) {
        Reply known = project.api().get(project.at("/replicas/" + replica + "/seqs?limit=1"));
        return known.status() == 200 ? project.seqs(replica) : List.of();
    }

    Served before(String project) {
        return served.get(project);
    }

    /** The same entities in the same versions, with the same digest. */
    Remembered showsTheSameEntities(Backbone backbone) {
        for (String name : PROJECTS) {
            Served now = served(new ProjectApi(api(backbone), name));
            assertThat(now.entities).as(name).isEqualTo(before(name).entities);
            assertThat(now.head.path("digest"))
                    .as(name)
                    .isEqualTo(before(name).head.path("digest"));
            assertThat(now.head.path("count"))
                    .as(name)
                    .isEqualTo(before(name).head.path("count"));
        }
        return this;
    }

    /** Same head, so that cursors go on where they were. */
    Remembered isInTheSamePlace(Backbone backbone) {
        for (String name : PROJECTS) {
            JsonNode head = new ProjectApi(api(backbone), name).head();
            assertThat(head).as(name).isEqualTo(before(name).head);
        }
        return this;
    }

    /** Every outcome, with its seq where {@code seqs} says that the log is the same. */
    Remembered mapsTheSame(Backbone backbone, Seqs seqs) {
        for (String name : PROJECTS) {
            List<JsonNode> now = served(new ProjectApi(api(backbone), name)).mapping;
            assertThat(seqs.of(now)).as(name).isEqualTo(seqs.of(before(name).mapping));
        }
        return this;
    }

    /** Whether seqs of before are still worth something. */
    enum Seqs {
        KEPT,
        GONE;

        private List<JsonNode> of(List<JsonNode> mapping) {
            if (this == KEPT) return mapping;
            return mapping.stream()
                    .map(each -> {
                        ObjectNode copy = each.deepCopy();
                        copy.remove(List.of("seq", "first_seq"));
                        return (JsonNode) copy;
                    })
                    .toList();
        }
    }

    /** A reader that stopped in the middle of a page before it ends with the same entities. */
    Remembered oldCursorsGoOn(Backbone backbone) {
        for (String name : PROJECTS) {
            ProjectApi project = new ProjectApi(api(backbone), name);
            JsonNode rest = project.pulled("limit=1000&cursor=" + oldCursors.get(name));
            assertThat(rest.path("head").path("digest"))
                    .as(name)
                    .isEqualTo(before(name).head.path("digest"));
        }
        return this;
    }

    /** What was read before is of another log, and says so. */
    Remembered oldCursorsAreExpired(Backbone backbone) {
        for (String name : PROJECTS) {
            Reply refused = new ProjectApi(api(backbone), name).pull("cursor=" + oldCursors.get(name));
            assertThat(refused.status()).as(name).isEqualTo(410);
            assertThat(refused.code()).as(name).isEqualTo("cursor_expired");
        }
        return this;
    }

    /** Whatever was pushed before and is pushed again has the outcome of then, and no record. */
    Remembered takesNothingTwice(Backbone backbone) {
        for (String name : PROJECTS) {
            ProjectApi project = new ProjectApi(api(backbone), name);
            long ordinal = project.head().path("ordinal").asLong();
            for (Pushed pushed : pushes.get(name)) {
                JsonNode again = project.pushed(pushed.body).path("results");
                assertThat(outcomes(again)).as(name + " " + pushed.body).isEqualTo(expected(pushed.results));
            }
            assertThat(project.head().path("ordinal").asLong()).as(name).isEqualTo(ordinal);
        }
        return this;
    }

    private static List<String> outcomes(JsonNode results) {
        List<String> outcomes = new ArrayList<>();
        for (JsonNode each : results)
            outcomes.add(each.path("local_seq").asLong() + " "
                    + each.path("outcome").asText() + " " + each.path("reason").asText());
        return outcomes;
    }

    private static List<String> expected(JsonNode results) {
        List<String> outcomes = new ArrayList<>();
        for (JsonNode each : results) {
            String word = each.path("outcome").asText();
            String again = word.equals("accepted") || word.equals("unchanged") ? "duplicate" : word;
            outcomes.add(each.path("local_seq").asLong() + " " + again + " "
                    + each.path("reason").asText());
        }
        return outcomes;
    }

    /** New pushes are taken, with versions above those of before; what apply_where finds is what is there. */
    Remembered goesOn(Backbone backbone) {
        for (String name : PROJECTS) {
            ProjectApi project = new ProjectApi(api(backbone), name);
            long ordinal = project.head().path("ordinal").asLong();
            JsonNode answer = project.pushed(PushBody.by("later").upsert(1, "n1", "{\"kind\":\"k1\"}"));
            assertThat(answer.path("results").path(0).path("outcome").asText()).isEqualTo("accepted");
            assertThat(answer.path("head").path("ordinal").asLong()).as(name).isEqualTo(ordinal + 1);
        }
        ProjectApi alpha = new ProjectApi(api(backbone), "alpha");
        long expected = before("alpha").entities.values().stream()
                .filter(each -> each.path("payload").path("kind").asText().equals("k2"))
                .count();
        JsonNode hit = alpha.pushed(PushBody.by("later")
                .mutation(
                        "{\"local_seq\":2,\"op\":\"apply_where\",\"entity\":\"note\",\"query\":\"kind eq \\\"k2\\\"\","
                                + "\"ops\":[{\"op\":\"set\",\"field\":\"late\",\"value\":true}]}"));
        assertThat(hit.path("results").path(0).path("matched").asLong()).isEqualTo(expected);
        return this;
    }

    /** A stored cursor is where it was, or at the beginning of a new generation: it never says more than the copy has (L4). */
    Remembered targetsBeganAgain(Backbone backbone) {
        for (String name : List.of("alpha", "beta")) {
            ProjectApi project = new ProjectApi(api(backbone), name);
            for (JsonNode old : before(name).targets.path("targets")) {
                JsonNode now = project.targetNow(old.path("target").asText());
                assertThat(now.path("generation").asLong())
                        .isGreaterThan(old.path("generation").asLong());
                assertThat(now.path("unified_seq").asLong(0)).as(now.toString()).isEqualTo(-1);
            }
        }
        return this;
    }
}
