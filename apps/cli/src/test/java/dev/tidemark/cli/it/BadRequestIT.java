package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Requests that are wrong in every way we know are refused with a clear answer, and harm nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadRequestIT {
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

    /** A request that is refused whole. */
    record Refused(String what, String body, int status, String code, String pointer) {
        @Override
        public String toString() {
            return what;
        }
    }

    static Stream<Refused> refused() {
        return Stream.of(
                malformed("ends in the middle", "{\"replica\":\"a\",\"mutations\":["),
                malformed("no JSON at all", "hello"),
                malformed(
                        "something follows",
                        push("{\"local_seq\":1,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"}") + "x"),
                malformed("NaN", payload("{\"n\":NaN}")),
                malformed("Infinity", payload("{\"n\":-Infinity}")),
                malformed("leading zero", payload("{\"n\":007}")),
                malformed("nested ten thousand deep", payload("[".repeat(10_000) + "]".repeat(10_000))),
                invalid("empty", "", ""),
                invalid("no object", "[]", ""),
                invalid("unknown member", "{\"replica\":\"a\",\"colour\":1,\"mutations\":[]}", "/colour"),
                invalid("member twice", "{\"replica\":\"a\",\"replica\":\"b\",\"mutations\":[]}", "/replica"),
                invalid("no replica", "{\"mutations\":[]}", "/replica"),
                invalid("no mutations", "{\"replica\":\"a\",\"mutations\":[]}", "/mutations"),
                invalid("replica that is no name", "{\"replica\":\".a\",\"mutations\":[]}", "/replica"),
                invalid("mutations that are no array", "{\"replica\":\"a\",\"mutations\":{}}", "/mutations"),
                invalid(
                        "acked_through that is no number",
                        "{\"replica\":\"a\",\"acked_through\":\"1\"}",
                        "/acked_through"),
                invalid("follows beyond 63 bits", "{\"replica\":\"a\",\"follows\":9223372036854775808}", "/follows"),
                invalid("mutation that is no object", push("7"), "/mutations/0"),
                invalid(
                        "mutation with unknown member",
                        mutation("\"op\":\"delete\",\"colour\":1"),
                        "/mutations/0/colour"),
                invalid(
                        "mutation with a member twice",
                        mutation("\"op\":\"delete\",\"op\":\"delete\""),
                        "/mutations/0/op"),
                invalid("unknown op", mutation("\"op\":\"explode\""), "/mutations/0/op"),
                invalid("op that is no string", mutation("\"op\":1"), "/mutations/0/op"),
                invalid("op and ops", mutation("\"op\":\"delete\",\"ops\":[{\"op\":\"delete\"}]"), "/mutations/0/op"),
                invalid("no op", mutation("\"create\":true"), "/mutations/0/ops"),
                invalid("unknown op in ops", mutation("\"ops\":[{\"op\":\"explode\"}]"), "/mutations/0/ops/0/op"),
                invalid("upsert without payload", mutation("\"op\":\"upsert\""), "/mutations/0/payload"),
                invalid("set without value", mutation("\"op\":\"set\",\"field\":\"f\""), "/mutations/0/value"),
                invalid("delete with payload", mutation("\"op\":\"delete\",\"payload\":{}"), "/mutations/0/payload"),
                invalid("local_seq as text", push("{\"local_seq\":\"1\",\"op\":\"delete\"}"), "/mutations/0/local_seq"),
                invalid(
                        "local_seq below zero",
                        push("{\"local_seq\":-1,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"}"),
                        "/mutations/0/local_seq"),
                invalid(
                        "key that is no string",
                        push("{\"local_seq\":1,\"entity\":\"e\",\"entity_key\":7,\"op\":\"delete\"}"),
                        "/mutations/0/entity_key"),
                invalid(
                        "no key",
                        push("{\"local_seq\":1,\"entity\":\"e\",\"op\":\"delete\"}"),
                        "/mutations/0/entity_key"),
                invalid(
                        "local seqs that go back",
                        PushBody.by("a")
                                .upsert(2, "k", "{}")
                                .upsert(1, "k", "{}")
                                .toString(),
                        "/mutations/1/local_seq"),
                invalid(
                        "local seq twice",
                        PushBody.by("a")
                                .upsert(2, "k", "{}")
                                .upsert(2, "l", "{}")
                                .toString(),
                        "/mutations/1/local_seq"),
                new Refused("body of nine MiB", payload("\"" + "x".repeat(9 << 20) + "\""), 413, "too_large", ""),
                new Refused(
                        "mutation of three MiB",
                        payload("{\"x\":\"" + "x".repeat(3 << 20) + "\"}"),
                        413,
                        "too_large",
                        ""));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void aRequestThatIsWrongIsRefusedWholeWithItsPlace(Refused bad) {
        String headBefore = shared.goodPush();
        Reply reply = project.api().post(project.at("/mutations"), bad.body);
        assertThat(reply.status()).as(reply.text()).isEqualTo(bad.status);
        assertThat(reply.code()).isEqualTo(bad.code);
        assertThat(reply.json().path("detail").asText()).isNotEmpty();
        if (!bad.pointer.isEmpty())
            assertThat(reply.json().path("errors").path(0).path("pointer").asText())
                    .isEqualTo(bad.pointer);
        assertThat(project.head().path("cursor").asText()).isEqualTo(headBefore);
    }

    @Test
    void aBodyThatIsNoUtf8IsRefused() {
        byte[] body = payload("{\"t\":\"\u00e9\"}").getBytes(StandardCharsets.ISO_8859_1);
        Reply reply = project.api().post(project.at("/mutations"), "application/json", body);
        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.code()).isEqualTo("malformed_json");
    }

    @Test
    void aBodyOfAnotherContentTypeIsRefused() {
        byte[] body = payload("{}").getBytes(StandardCharsets.UTF_8);
        Reply reply = project.api().post(project.at("/mutations"), "text/plain", body);
        assertThat(reply.status()).isEqualTo(415);
    }

    @Test
    void aStreamThatHasABadLineTakesWhatStandsBeforeItAndSaysWhere() {
        String lines =
                streamed(1) + streamed(2) + "{\"replica\":\"s\",\"local_seq\":3,\"op\":\"explode\"}\n" + streamed(4);
        Reply reply = project.api()
                .post(project.at("/mutations"), "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8))
                .expect(200);
        List<JsonNode> answers = reply.text().lines().map(Reply::json).toList();
        assertThat(answers).hasSize(3);
        assertThat(answers.subList(0, 2))
                .allSatisfy(
                        answer -> assertThat(answer.path("outcome").asText()).isEqualTo("accepted"));
        assertThat(answers.get(2).path("problem").path("detail").asText()).contains("line 3");
        assertThat(project.entity("note", "s4").status()).isEqualTo(404);
    }

    @Test
    void otherParametersThanThoseOfTheContractAreRefused() {
        List<Reply> replies = List.of(
                project.pull("limit=0"),
                project.pull("limit=many"),
                project.pull("limit=1&limit=2"),
                project.pull("colour=1"),
                project.pull("wait=-1"),
                project.pull("full=perhaps"),
                project.api().get(project.at("/seqs/x")),
                project.api().get(project.at("/entities/note?query=a+eq")),
                project.api().get("/v1/projects/.hidden/changes"),
                project.api().put(project.at("/targets/t"), "{\"kind\":\"spy\"}"));
        assertThat(replies).extracting(Reply::status).containsOnly(400);
        assertThat(replies).extracting(Reply::code).containsOnly("invalid_request");
    }

    private static String streamed(int localSeq) {
        return "{\"replica\":\"s\",\"local_seq\":" + localSeq + ",\"entity\":\"note\",\"entity_key\":\"s" + localSeq
                + "\",\"op\":\"upsert\",\"payload\":{}}\n";
    }

    private static Refused malformed(String what, String body) {
        return new Refused(what, body, 400, "malformed_json", "");
    }

    private static Refused invalid(String what, String body, String pointer) {
        return new Refused(what, body, 400, "invalid_request", pointer);
    }

    private static String push(String mutation) {
        return PushBody.by("a").mutation(mutation).toString();
    }

    private static String mutation(String rest) {
        return PushBody.by("a").mutation(1, "k", rest).toString();
    }

    private static String payload(String payload) {
        return PushBody.by("a").upsert(1, "k", payload).toString();
    }
}
