package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Mutations that are wrong, or used wrongly, are rejected one by one and are not in the way of their neighbours. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadMutationIT {
    @TempDir
    static Path home;

    private SharedProject shared;
    private ProjectApi project;

    @BeforeAll
    void starts() {
        shared = SharedProject.on(home);
        project = shared.api();
    }

    @AfterAll
    void stops() {
        shared.close();
    }

    @AfterEach
    void everythingGoodIsStillThere() {
        shared.checkThatEverythingGoodIsThere();
    }

    /** A mutation that is rejected between two good neighbours. */
    record Rejected(String what, String mutation, String outcome, String reason) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Rejected> rejected() {
        String thirtyNine = "123456789012345678901234567890123456789";
        return Stream.of(
                rejected("key of 1,025 bytes", upsertOf("\"" + "k".repeat(1_025) + "\"", "{}"), "invalid_key"),
                rejected(
                        "key of 513 letters of two bytes",
                        upsertOf("\"" + "\u00e9".repeat(513) + "\"", "{}"),
                        "invalid_key"),
                rejected("empty key", upsertOf("\"\"", "{}"), "invalid_key"),
                rejected(
                        "entity type with a blank",
                        "\"entity\":\"no name\",\"entity_key\":\"k\",\"op\":\"delete\"",
                        "invalid_name"),
                rejected("payload that is no object", upsert("[1]"), "payload_not_object"),
                rejected("member twice in a payload", upsert("{\"a\":1,\"b\":{\"c\":1,\"c\":2}}"), "duplicate_member"),
                rejected("half a surrogate pair", upsert("{\"t\":\"\\ud800\"}"), "lone_surrogate"),
                rejected("pair the wrong way round", upsert("{\"t\":\"\\udc00\\ud800\"}"), "lone_surrogate"),
                rejected("1e401", upsert("{\"n\":1e401}"), "number_range"),
                rejected("1e-401", upsert("{\"n\":1e-401}"), "number_range"),
                rejected("39 digits", upsert("{\"n\":" + thirtyNine + "}"), "number_range"),
                rejected("a million digits", upsert("{\"n\":" + "9".repeat(1_000_000) + "}"), "number_range"),
                rejected("65 levels", upsert("{\"a\":" + "[".repeat(64) + "]".repeat(64) + "}"), "too_deep"),
                rejected("time that is none", upsert("{}") + ",\"occurred_at\":\"yesterday\"", "invalid_time"),
                rejected(
                        "add to a field that is no set",
                        ops("{\"op\":\"put\",\"payload\":{\"f\":\"x\"}},{\"op\":\"add\",\"field\":\"f\",\"value\":1}"),
                        "type_mismatch"),
                rejected("add of an object", ops("{\"op\":\"add\",\"field\":\"f\",\"value\":{}}"), "type_mismatch"),
                rejected("image of 1.2 MB", upsert("{\"x\":\"" + "x".repeat(1_200_000) + "\"}"), "image_too_large"),
                rejected("query that does not parse", where("postId eq eq 5"), "query_invalid"),
                rejected("query without an end", where("type in [\\\"a\\\""), "query_invalid"),
                new Rejected("version that is stale", upsert("{}") + ",\"base_version\":77", "conflict", "stale_base"));
    }

    @ParameterizedTest
    @MethodSource("rejected")
    void aMutationThatIsWrongIsRejectedAndItsNeighboursAreNot(Rejected bad) {
        JsonNode answer = shared.pushedAmongGood("{\"local_seq\":2," + bad.mutation + "}");
        assertThat(answer.path("results"))
                .extracting(result -> result.path("outcome").asText())
                .containsExactly("accepted", bad.outcome, "accepted");
        assertThat(answer.path("results").path(1).path("reason").asText()).isEqualTo(bad.reason);
        assertThat(answer.path("results").path(1).path("detail").asText()).isNotEmpty();
    }

    @Test
    void aMutationThatWasRejectedAnswersTheSameWhenItIsSentAgain() {
        PushBody body = PushBody.by("again").mutation("{\"local_seq\":1," + upsert("{\"n\":1e401}") + "}");
        JsonNode first = project.pushed(body);
        assertThat(project.pushed(body).path("results")).isEqualTo(first.path("results"));
    }

    @Test
    void numbersKeepEveryDigit() {
        String sent = "{\"big\":9007199254740993,\"small\":0.1234567890123456789012345678901234567,"
                + "\"one\":1.0,\"zero\":-0,\"far\":1e400}";
        String kept = "{\"big\":9007199254740993,\"far\":1e400,\"one\":1,"
                + "\"small\":0.1234567890123456789012345678901234567,\"zero\":0}";
        project.pushed(PushBody.by("numbers").upsert(1, "n", sent));
        assertThat(project.entity("note", "n").expect(200).text()).contains("\"payload\":" + kept);
        assertThat(project.pulled("entity=note").toString()).contains("9007199254740993");
        assertThat(project.pull("entity=note").text()).contains("\"payload\":" + kept);
        assertThat(printed("export", SharedProject.NAME)).contains("\"payload\":" + kept);
        assertThat(printed("export", SharedProject.NAME, "--format", "csv")).contains(",9007199254740993,1e400,");
        assertThat(printed("pull", SharedProject.NAME, "--entity", "note")).contains("\"payload\":" + kept);
        assertThat(printed("get", SharedProject.NAME, "note", "n", "--json")).contains("\"payload\":" + kept);
        assertThat(printed("get", SharedProject.NAME, "note", "n")).contains("\"far\" : 1e400,");
    }

    @Test
    void anImageThatAddsGrowStopsAtItsLimitAndGoesOnBelowIt() {
        String member = "x".repeat(150_000);
        String outcome = "accepted";
        int accepted = 0;
        JsonNode answer = Reply.JSON.createObjectNode();
        for (int i = 1; outcome.equals("accepted") && i <= 10; i++) {
            answer = project.pushed(PushBody.by("grower").add(i, "grown", "tags", "\"" + i + member + "\""));
            outcome = answer.path("results").path(0).path("outcome").asText();
            if (outcome.equals("accepted")) accepted++;
        }
        assertThat(answer.path("results").path(0).path("reason").asText()).isEqualTo("image_too_large");
        assertThat(tagsOf("grown")).hasSize(accepted);
        project.pushed(PushBody.by("grower").add(20, "grown", "tags", "\"small\""));
        assertThat(tagsOf("grown")).hasSize(accepted + 1);
    }

    @Test
    void anOriginUsedForAnotherBodyIsAConflictAndTheFirstStays() {
        PushBody first = PushBody.by("reuser").upsert(1, "once", "{\"v\":1}");
        project.pushed(first);
        JsonNode reused = project.pushed(PushBody.by("reuser").upsert(1, "once", "{\"v\":2}"))
                .path("results")
                .path(0);
        assertThat(reused.path("outcome").asText()).isEqualTo("conflict");
        assertThat(reused.path("reason").asText()).isEqualTo("origin_reused");
        assertThat(project.entity("note", "once").text()).contains("{\"v\":1}");
        assertThat(project.pushed(first).path("results").path(0).path("outcome").asText())
                .isEqualTo("duplicate");
    }

    @Test
    void anAckedThroughFarBeyondEverythingDoesNotStopTheReplica() {
        String far = Long.toString(1L << 62);
        project.pushed(PushBody.by("acker").with("acked_through", far).upsert(1, "acked", "{\"v\":1}"));
        for (int i = 2; i <= 4; i++) {
            JsonNode answer = project.pushed(
                    PushBody.by("acker").with("acked_through", far).upsert(i, "acked", "{\"v\":" + i + "}"));
            assertThat(answer.path("results").path(0).path("outcome").asText()).isEqualTo("accepted");
        }
        JsonNode old = project.pushed(PushBody.by("acker").upsert(1, "acked", "{\"v\":1}"))
                .path("results")
                .path(0);
        assertThat(old.path("outcome").asText()).isIn("duplicate", "rejected");
        assertThat(project.entity("note", "acked").text()).contains("{\"v\":4}");
    }

    @Test
    void aPushThatFollowsSomethingUndecidedIsRefusedWholeUntilThatIsDecided() {
        project.pushed(PushBody.by("follower").upsert(1, "f1", "{}"));
        PushBody third = PushBody.by("follower").with("follows", "2").upsert(3, "f3", "{}");
        Reply reply = project.push(third);
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.code()).isEqualTo("out_of_order");
        assertThat(project.entity("note", "f3").status()).isEqualTo(404);
        project.pushed(PushBody.by("follower").with("follows", "1").upsert(2, "f2", "{}"));
        assertThat(project.pushed(third).path("results").path(0).path("outcome").asText())
                .isEqualTo("accepted");
    }

    private String printed(String... command) {
        String[] whole = Arrays.copyOf(command, command.length + 2);
        whole[command.length] = "--server";
        whole[command.length + 1] = shared.server();
        return Cli.run(whole).expectDone().out();
    }

    private JsonNode tagsOf(String key) {
        return project.entity("note", key)
                .expect(200)
                .json()
                .path("entities")
                .path(0)
                .path("payload")
                .path("tags");
    }

    private static Rejected rejected(String what, String mutation, String reason) {
        return new Rejected(what, mutation, "rejected", reason);
    }

    private static String upsert(String payload) {
        return upsertOf("\"k\"", payload);
    }

    private static String upsertOf(String key, String payload) {
        return "\"entity\":\"note\",\"entity_key\":" + key + ",\"op\":\"upsert\",\"payload\":" + payload;
    }

    private static String ops(String ops) {
        return "\"entity\":\"note\",\"entity_key\":\"k\",\"ops\":[" + ops + "]";
    }

    private static String where(String query) {
        return "\"op\":\"apply_where\",\"entity\":\"note\",\"query\":\"" + query
                + "\",\"ops\":[{\"op\":\"set\",\"field\":\"f\",\"value\":1}]";
    }
}
