package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.Targets;
import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.TargetEvent;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands: what they refuse before they are sent, how they end, and that they may come twice. */
class CommandRoutesTest {
    private static final String TARGET = "/v1/projects/p/targets/t";
    private static final String CURSOR = CursorToken.encode(Cursor.earliest("p", FakeChanges.EPOCH, 0));

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

    @ParameterizedTest
    @CsvSource(
            value = {
                "[] | ''",
                "{\"paused\":1} | /paused",
                "{\"nope\":1} | /nope",
                "{\"filterable\":[]} | /filterable",
                "{\"filterable\":{\"image\":\"postId\"}} | /filterable/image",
                "{\"filterable\":{\"image\":[7]}} | /filterable/image/0",
                "{\"filterable\":{\"image\":[\"\"]}} | /filterable/image/0",
                "{\"filterable\":{\"a b\":[]}} | /filterable/a b",
                "{\"paused\":true,\"paused\":true} | /paused"
            },
            delimiter = '|')
    void refusesPoliciesThatAreMalformed(String policy, String pointer) {
        ContractClient.Answer answer = gateway.http.put("/v1/projects/p", policy);

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(gateway.outbox.commands).isEmpty();
    }

    @Test
    void saysThatThereIsNoSuchProject() {
        gateway.decided("p", null, "{\"state\":\"absent\"}");

        assertThat(gateway.http.get("/v1/projects/p").code()).isEqualTo("project_not_found");
        assertThat(gateway.http.get("/v1/projects/p/digest").code()).isEqualTo("project_not_found");
        assertThat(gateway.http
                        .send("DELETE", "/v1/projects/p", "application/json", new byte[0])
                        .code())
                .isEqualTo("project_not_found");
    }

    @Test
    void deletesAProject() {
        gateway.decided("p", null, "{\"state\":\"open\"}");
        gateway.outbox.onCommand = command -> gateway.decided("p", command.requestId(), "{\"state\":\"deleting\"}");

        ContractClient.Answer answer = gateway.http.send("DELETE", "/v1/projects/p", "application/json", new byte[0]);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.json().path("state").asText()).isEqualTo("deleting");
        assertThat(gateway.outbox.commands.get(0).kind()).isEqualTo(ControlCommand.PROJECT_DELETE);
    }

    @Test
    void forgetsAReplica() {
        gateway.decided("p", null, "{\"state\":\"open\"}");
        gateway.outbox.onCommand = command -> gateway.decided("p", command.requestId(), "{\"state\":\"open\"}");

        ContractClient.Answer answer =
                gateway.http.send("DELETE", "/v1/projects/p/replicas/r", "application/json", new byte[0]);

        assertThat(answer.status()).isEqualTo(202);
        assertThat(gateway.outbox.commands.get(0).kind()).isEqualTo(ControlCommand.REPLICA_DELETE);
        assertThat(gateway.outbox.commands.get(0).name()).isEqualTo("r");
    }

    @ParameterizedTest
    @CsvSource({"project_not_found, 404", "replica_not_found, 404", "project_deleting, 409", "policy_invalid, 400"})
    void saysWhyACommandWasRefused(String code, int status) {
        gateway.decided("p", null, "{\"state\":\"open\"}");
        gateway.outbox.onCommand = command -> gateway.refused(command, code);

        ContractClient.Answer answer = delete("key-1");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void carriesACommandOutOnceForAKey() {
        deletes();

        ContractClient.Answer first = delete("key-1");
        ContractClient.Answer again = delete("key-1");
        ContractClient.Answer other = delete("key-2");

        assertThat(again.text()).isEqualTo(first.text());
        assertThat(again.status()).isEqualTo(first.status());
        assertThat(first.header("Idempotency-Replayed")).isEmpty();
        assertThat(again.header("Idempotency-Replayed")).contains("true");
        assertThat(other.status()).isEqualTo(202);
        assertThat(gateway.outbox.commands).hasSize(2);
    }

    @Test
    void refusesAKeyThatStandsForAnotherCommand() {
        deletes();
        delete("key-1");

        ContractClient.Answer answer = gateway.http.put("/v1/projects/p", "{}", Idempotency.HEADER, "key-1");

        assertThat(answer.status()).isEqualTo(422);
        assertThat(answer.code()).isEqualTo("idempotency_key_reused");
    }

    @Test
    void refusesAKeyThatIsNoKey() {
        ContractClient.Answer answer = gateway.http.put("/v1/projects/p", "{}", Idempotency.HEADER, "a b");

        assertThat(answer.json().at("/errors/0/parameter").asText()).isEqualTo(Idempotency.HEADER);
    }

    @Test
    void triesACommandAgainThatFailedForAReasonThatPasses() {
        gateway.decided("p", null, "{\"state\":\"open\"}");
        gateway.outbox.onCommand = command -> {
            throw new org.apache.kafka.common.errors.TimeoutException("no broker");
        };
        assertThat(delete("key-1").status()).isEqualTo(503);
        deletes();

        assertThat(delete("key-1").status()).isEqualTo(202);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "ack | {} | /cursor",
                "ack | {\"cursor\":7} | /cursor",
                "ack | {\"cursor\":\"CURSOR\",\"nope\":1} | /nope",
                "ack | {\"cursor\":\"CURSOR\",\"generation\":\"1\"} | /generation",
                "ack | {\"cursor\":\"CURSOR\",\"incarnation\":\"a b\"} | /incarnation",
                "reset | {} | /cursor",
                "reset | {\"cursor\":\"earliest\",\"generation\":1} | /generation"
            },
            delimiter = '|')
    void refusesMalformedBodiesOfTargets(String what, String body, String pointer) {
        ContractClient.Answer answer = gateway.http.post(TARGET + "/" + what, body.replace("CURSOR", CURSOR));

        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.json().at("/errors/0/pointer").asText()).isEqualTo(pointer);
        assertThat(gateway.outbox.events).isEmpty();
    }

    @Test
    void refusesCursorsThatAreDamaged() {
        assertThat(gateway.http.post(TARGET + "/ack", "{\"cursor\":\"x\"}").code())
                .isEqualTo("cursor_invalid");
        assertThat(gateway.http.post(TARGET + "/reset", "{\"cursor\":\"x\"}").code())
                .isEqualTo("cursor_invalid");
    }

    @ParameterizedTest
    @CsvSource({"target_not_found, 404", "cursor_moved, 409", "cursor_expired, 410", "cursor_invalid, 400"})
    void saysWhyATargetStaysAsItWas(String code, int status) {
        gateway.outbox.onTarget =
                event -> gateway.decided(event.requestId(), new Targets.Decision.Refused(code, "because"));

        ContractClient.Answer answer = gateway.http.post(TARGET + "/reset", "{\"cursor\":\"head\"}");

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void forgetsATarget() {
        gateway.outbox.onTarget = event -> gateway.decided(event.requestId(), new Targets.Decision.Removed());

        assertThat(gateway.http
                        .send("DELETE", TARGET, "application/json", new byte[0])
                        .status())
                .isEqualTo(204);
        assertThat(gateway.outbox.events.get(0).kind()).isEqualTo(TargetEvent.Kind.DELETE);
    }

    private void deletes() {
        gateway.decided("p", null, "{\"state\":\"open\"}");
        gateway.outbox.onCommand = command -> gateway.decided("p", command.requestId(), "{\"state\":\"deleting\"}");
    }

    private ContractClient.Answer delete(String key) {
        return gateway.http.send("DELETE", "/v1/projects/p", "application/json", new byte[0], Idempotency.HEADER, key);
    }
}
