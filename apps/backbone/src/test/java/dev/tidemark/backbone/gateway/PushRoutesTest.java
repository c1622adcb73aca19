package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.Refusal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PushRoutesTest {
    private static final String PATH = "/v1/projects/p/mutations";

    @TempDir
    Path dir;

    private TestGateway gateway;

    @BeforeEach
    void start() {
        gateway = new TestGateway(dir);
    }

    @AfterEach
    void stop() {
        gateway.close();
    }

    @Test
    void answersTheOutcomesInRequestOrder() {
        ContractClient.Answer answer = gateway.http.post(PATH, push(mutation(42), mutation(43), mutation(50)));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().path("results").findValuesAsText("local_seq")).containsExactly("42", "43", "50");
        assertThat(answer.json().path("results").findValuesAsText("outcome")).containsOnly("accepted");
        assertThat(answer.json().path("head").path("ordinal").asInt()).isEqualTo(3);
        assertThat(answer.json().has("advance")).isFalse();
    }

    @Test
    void sendsTheMutationsAsTheyAre() {
        gateway.http.post(
                PATH,
                "{\"replica\":\"r\",\"incarnation\":\"b1\",\"acked_through\":7,\"follows\":41,\"mutations\":["
                        + "{\"local_seq\":42,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"put\",\"payload\":{\"n\": 9007199254740993 }}]}",
                "traceparent",
                "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        MutationBatch batch = gateway.outbox.batches.get(0);
        assertThat(batch.replica().incarnation()).isEqualTo("b1");
        assertThat(batch.ackedThrough()).isEqualTo(7);
        assertThat(batch.follows()).isEqualTo(41);
        assertThat(batch.mutations().get(0).ops()).containsExactly(new Op.Put("{\"n\": 9007199254740993 }"));
        assertThat(gateway.outbox.traceparents)
                .containsExactly("00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
    }

    @Test
    void passesNoMalformedTraceContextOn() {
        gateway.http.post(PATH, push(mutation(1)), "traceparent", "x".repeat(2_000));

        assertThat(gateway.outbox.traceparents).containsExactly("null");
    }

    @Test
    void cutsALongPushIntoBatchesThatFollowEachOther() {
        String[] mutations = new String[1_001];
        for (int i = 0; i < mutations.length; i++) mutations[i] = mutation(i);

        ContractClient.Answer answer = gateway.http.post(PATH, push(mutations));

        assertThat(answer.json().path("results")).hasSize(1_001);
        assertThat(gateway.outbox.batches).hasSizeGreaterThan(1);
        for (int i = 1; i < gateway.outbox.batches.size(); i++)
            assertThat(gateway.outbox.batches.get(i).follows())
                    .isEqualTo(gateway.outbox.batches.get(i - 1).lastLocalSeq());
    }

    @Test
    void answersOnceTheBrokerHasItWhereThatIsEnough() {
        gateway.outbox.onBatch = (batch, requestId) -> {};

        ContractClient.Answer answer = gateway.http.post(PATH + "?ack=received", push(mutation(1)));

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.text()).isEqualTo("{\"received\":true}");
    }

    @ParameterizedTest
    @CsvSource({"?ack=maybe, ack", "?ack=, ack", "?nope=1, nope", "?ack=committed&ack=received, ack"})
    void refusesParametersThatItDoesNotKnow(String query, String parameter) {
        ContractClient.Answer answer = gateway.http.post(PATH + query, push(mutation(1)));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo(parameter);
        assertThat(gateway.outbox.batches).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "{\"replica\":\"r\",\"mutations\":[]}",
                "{\"replica\":\"r\",\"mutations\":[{}],\"x\":1}"
            })
    void refusesAMalformedBody(String body) {
        assertThat(gateway.http.post(PATH, body).status()).isEqualTo(400);
        assertThat(gateway.outbox.batches).isEmpty();
    }

    @Test
    void refusesAFollowsThatIsNotBefore() {
        ContractClient.Answer answer =
                gateway.http.post(PATH, "{\"replica\":\"r\",\"follows\":5,\"mutations\":[" + mutation(5) + "]}");

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/follows");
    }

    @Test
    void refusesABodyThatIsTooLarge() {
        ContractClient.Answer answer = gateway.http.post(PATH, " ".repeat(TestGateway.BODY_BYTES_MAX + 1));

        assertThat(answer.status()).isEqualTo(413);
        assertThat(answer.code()).isEqualTo("too_large");
    }

    @Test
    void refusesABodyThatBecomesTooLargeWhenItIsUnpacked() throws IOException {
        byte[] bomb = gzip(" ".repeat(TestGateway.BODY_BYTES_MAX + 1));

        assertThat(gateway.http
                        .send("POST", PATH, "application/json", bomb, "Content-Encoding", "gzip")
                        .status())
                .isEqualTo(413);
    }

    @Test
    void takesACursorOfThatProjectOnly() {
        String cursor = CursorToken.encode(Cursor.earliest("other", FakeChanges.EPOCH, 0));

        assertThat(gateway.http
                        .post(
                                PATH,
                                "{\"replica\":\"r\",\"cursor\":\"" + cursor + "\",\"mutations\":[" + mutation(5) + "]}")
                        .code())
                .isEqualTo("cursor_invalid");
        assertThat(gateway.http
                        .post(PATH, "{\"replica\":\"r\",\"cursor\":\"x\",\"mutations\":[" + mutation(5) + "]}")
                        .code())
                .isEqualTo("cursor_invalid");
    }

    /** A replica that was away for long still has mutations to push; where it reads on is another question. */
    @Test
    void takesAPushWhoseCursorCannotBeHonouredNow() {
        String cursor = CursorToken.encode(Cursor.earliest("p", FakeChanges.EPOCH, 0));

        ContractClient.Answer answer = gateway.http.post(
                PATH, "{\"replica\":\"r\",\"cursor\":\"" + cursor + "\",\"mutations\":[" + mutation(5) + "]}");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().has("advance")).isFalse();
    }

    @Test
    void refusesWhatFollowsAnUndecidedMutation() {
        gateway.outbox.onBatch = (batch, requestId) -> gateway.refuse(batch, requestId, Refusal.OUT_OF_ORDER);

        ContractClient.Answer answer = gateway.http.post(PATH, push(mutation(1)));

        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.code()).isEqualTo("out_of_order");
    }

    @Test
    void refusesPushesToAProjectThatIsPausedOrDeleted() {
        gateway.decided("p", null, "{\"state\":\"open\",\"paused\":true}");
        assertThat(gateway.http.post(PATH, push(mutation(1))).code()).isEqualTo("project_paused");

        gateway.decided("p", null, "{\"state\":\"deleting\",\"paused\":false}");
        assertThat(gateway.http.post(PATH, push(mutation(1))).code()).isEqualTo("project_deleting");
        assertThat(gateway.outbox.batches).isEmpty();
    }

    @Test
    void refusesPushesThatNobodyWillDecide() {
        gateway.health = new Health(false, "ERROR", "RUNNING", List.of(), "state_mismatch: a changelog is gone");

        ContractClient.Answer answer = gateway.http.post(PATH, push(mutation(1)));

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("stopped");
        assertThat(answer.json().path("detail").asText()).startsWith("state_mismatch");
    }

    @Test
    void saysThatSendingAgainIsSafeWhereKafkaDidNotTakeIt() {
        gateway.outbox.failure = new org.apache.kafka.common.errors.TimeoutException("no broker");
        ContractClient.Answer answer = gateway.http.post(PATH, push(mutation(1)));
        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("kafka_unavailable");
        assertThat(answer.header("Retry-After")).contains("1");

        gateway.outbox.failure = new RecordTooLargeException("too large");
        assertThat(gateway.http.post(PATH, push(mutation(1))).status()).isEqualTo(413);
    }

    @Test
    void refusesMorePushesThanMayWait() {
        try (TestGateway full = new TestGateway(dir.resolve("full"), 0)) {
            ContractClient.Answer answer = full.http.post(PATH, push(mutation(1)));

            assertThat(answer.status()).isEqualTo(429);
            assertThat(answer.header("Retry-After")).contains("1");
        }
    }

    @Test
    void takesAStreamOfManyReplicasInItsOrder() {
        String lines = line("a", 1) + line("a", 2) + "\n" + line("b", 7) + line("a", 3);

        ContractClient.Answer answer = gateway.http.stream(PATH, lines);

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.mediaType()).isEqualTo("application/x-ndjson");
        assertThat(answer.lines()).allSatisfy(this::isResultLine);
        assertThat(answer.lines())
                .extracting(each -> each.path("local_seq").asInt())
                .containsExactly(1, 2, 7, 3);
        assertThat(gateway.outbox.batches)
                .extracting(batch -> batch.replica().replica() + batch.firstLocalSeq() + batch.follows())
                .containsExactly("a1null", "b7null", "a32");
    }

    @Test
    void takesAGzipStream() throws IOException {
        ContractClient.Answer answer = gateway.http.send(
                "POST",
                PATH,
                "application/x-ndjson; charset=utf-8",
                gzip(line("a", 1) + line("a", 2)),
                "Content-Encoding",
                "gzip");

        assertThat(answer.lines()).hasSize(2);
    }

    @Test
    void refusesAnotherEncodingAndSaysWhichItTakes() {
        ContractClient.Answer answer = gateway.http.send(
                "POST",
                PATH,
                "application/x-ndjson",
                line("a", 1).getBytes(StandardCharsets.UTF_8),
                "Content-Encoding",
                "br");

        assertThat(answer.status()).isEqualTo(415);
        assertThat(answer.code()).isEqualTo("content_encoding_refused");
        assertThat(answer.header("Accept-Encoding")).contains("gzip");
    }

    @Test
    void refusesBytesThatAreNotEncodedAsTheySay() {
        for (String type : List.of("application/json", "application/x-ndjson")) {
            ContractClient.Answer answer = gateway.http.send(
                    "POST", PATH, type, "no gzip".getBytes(StandardCharsets.UTF_8), "Content-Encoding", "gzip");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.code()).isEqualTo("body_unreadable");
        }
    }

    @Test
    void answersAnEmptyStreamWithNothing() {
        ContractClient.Answer answer = gateway.http.stream(PATH, "");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.text()).isEmpty();
    }

    @Test
    void answersThatTheBrokerHasEachLine() {
        gateway.outbox.onBatch = (batch, requestId) -> {};

        ContractClient.Answer answer = gateway.http.stream(PATH + "?ack=received", line("a", 1) + line("b", 2));

        assertThat(answer.lines()).allSatisfy(this::isResultLine);
        assertThat(answer.text())
                .isEqualTo("{\"local_seq\":1,\"received\":true}\n{\"local_seq\":2,\"received\":true}\n");
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "{ | malformed_json",
                "{\"replica\":\"a\",\"local_seq\":2,\"nope\":1} | invalid_request",
                "{\"replica\":\"a\",\"local_seq\":1,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"} | invalid_request",
                "{\"local_seq\":2,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"} | invalid_request",
                "{\"project\":\"q\",\"replica\":\"a\",\"local_seq\":2,\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"} | invalid_request"
            },
            delimiter = '|')
    void sendsWhatStandsBeforeABadLineAndSaysWhichItIs(String bad, String code) {
        ContractClient.Answer answer = gateway.http.stream(PATH, line("a", 1) + bad + "\n" + line("a", 3));

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.lines()).hasSize(2).allSatisfy(this::isResultLine);
        assertThat(answer.lines().get(0).path("outcome").asText()).isEqualTo("accepted");
        assertThat(answer.lines().get(1).at("/problem/code").asText()).isEqualTo(code);
        assertThat(answer.lines().get(1).at("/problem/detail").asText()).startsWith("line 2:");
        assertThat(gateway.outbox.batches).hasSize(1);
    }

    @Test
    void answersAStreamThatIsBadFromItsFirstLineWithTheProblemItself() {
        ContractClient.Answer answer = gateway.http.stream(PATH, "{\"nope\":1}\n" + line("a", 1));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.mediaType()).isEqualTo("application/problem+json");
        assertThat(answer.json().at("/errors/0/line").asInt()).isEqualTo(1);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo("/nope");
    }

    /** Results stand in the order of the lines: after one that is missing there must be no other. */
    @Test
    void answersNothingBehindABatchThatWasRefused() {
        gateway.outbox.onBatch = (batch, requestId) -> {
            if (batch.replica().replica().equals("b")) gateway.refuse(batch, requestId, Refusal.OUT_OF_ORDER);
            else gateway.accept(batch, requestId);
        };

        ContractClient.Answer answer =
                gateway.http.stream(PATH, line("a", 1) + line("b", 1) + line("a", 2) + line("c", 1));

        assertThat(answer.lines()).hasSize(2);
        assertThat(answer.lines().get(0).path("local_seq").asInt()).isEqualTo(1);
        assertThat(answer.lines().get(1).at("/problem/code").asText()).isEqualTo("out_of_order");
    }

    @Test
    void saysWhenToTryAgainInTheLastLineOfAStream() {
        gateway.outbox.onBatch = (batch, requestId) -> {
            gateway.accept(batch, requestId);
            gateway.outbox.failure = new org.apache.kafka.common.errors.TimeoutException("no broker");
        };

        ContractClient.Answer answer = gateway.http.stream(PATH, line("a", 1) + line("b", 1));

        assertThat(answer.lines().get(1).at("/problem/code").asText()).isEqualTo("kafka_unavailable");
        assertThat(answer.lines().get(1).at("/problem/retry_after").asInt()).isEqualTo(1);
    }

    private void isResultLine(JsonNode line) {
        assertThat(SchemaCheck.faults(OpenApi.DOCUMENT.at("/components/schemas/ResultLine"), line))
                .isEmpty();
    }

    private static String push(String... mutations) {
        return "{\"replica\":\"r\",\"mutations\":[" + String.join(",", mutations) + "]}";
    }

    private static String mutation(long localSeq) {
        return "{\"local_seq\":" + localSeq + ",\"entity\":\"e\",\"entity_key\":\"k\",\"op\":\"delete\"}";
    }

    private static String line(String replica, long localSeq) {
        return "{\"replica\":\"" + replica + "\"," + mutation(localSeq).substring(1) + "\n";
    }

    private static byte[] gzip(String text) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }
}
