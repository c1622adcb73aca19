package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.topology.query.CursorUnusable;
import dev.tidemark.topology.query.NotServed;
import dev.tidemark.wire.SchemaRegistryException;
import io.javalin.http.HttpResponseException;
import java.io.EOFException;
import java.io.UncheckedIOException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.kafka.common.errors.DisconnectException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemsTest {
    static Stream<Arguments> faults() {
        return Stream.of(
                Arguments.of(Problem.of(409, "cursor_moved", "x"), 409, "cursor_moved", 0),
                Arguments.of(new CursorUnusable(CursorUnusable.INVALID, "x"), 400, "cursor_invalid", 0),
                Arguments.of(new CursorUnusable(CursorUnusable.AHEAD, "x"), 409, "cursor_ahead", 0),
                Arguments.of(new CursorUnusable(CursorUnusable.EXPIRED, "x"), 410, "cursor_expired", 0),
                Arguments.of(new NotServed("x"), 503, "not_served", 1),
                Arguments.of(new TimeoutException(), 503, "outcome_pending", 1),
                Arguments.of(new DisconnectException(), 503, "kafka_unavailable", 1),
                Arguments.of(new SchemaRegistryException("x"), 503, "registry_unavailable", 1),
                Arguments.of(new RecordTooLargeException(), 413, "too_large", 0),
                Arguments.of(new HttpResponseException(418, "x"), 418, "http_418", 0),
                Arguments.of(new EOFException(), 400, "body_unreadable", 0),
                Arguments.of(new IllegalStateException("secret"), 500, "internal_error", 0));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void knowsEveryFaultHoweverItIsWrapped(Throwable fault, int status, String code, int retryAfterSeconds) {
        for (Throwable thrown : new Throwable[] {
            fault, new CompletionException(fault), new ExecutionException(new CompletionException(fault))
        }) {
            Problem problem = Problems.of(thrown);

            assertThat(problem.status()).isEqualTo(status);
            assertThat(problem.code()).isEqualTo(code);
            assertThat(problem.retryAfterSeconds()).isEqualTo(retryAfterSeconds);
            assertThat(problem.detail()).isNotBlank().doesNotContain("secret");
        }
        assertThat(Problems.of(new UncheckedIOException(new EOFException())).code())
                .isEqualTo("body_unreadable");
    }

    @Test
    void isAProblemOfTheContract() {
        JsonNode plain = Problems.json(Problem.retry(503, "not_served", "later", 2));
        JsonNode invalid =
                Problems.json(Problem.invalid("/mutations/0/op", "is missing").atLine(7));
        JsonNode parameter = Problems.json(Problem.invalid("limit", "must be a number"));

        for (JsonNode json : new JsonNode[] {plain, invalid, parameter})
            assertThat(SchemaCheck.faults(OpenApi.DOCUMENT.at("/components/schemas/Problem"), json))
                    .isEmpty();
        assertThat(plain.path("retry_after").asInt()).isEqualTo(2);
        assertThat(invalid.path("detail").asText()).isEqualTo("line 7: /mutations/0/op is missing");
        assertThat(invalid.at("/errors/0").toString())
                .isEqualTo("{\"line\":7,\"pointer\":\"/mutations/0/op\",\"detail\":\"is missing\"}");
        assertThat(parameter.at("/errors/0/parameter").asText()).isEqualTo("limit");
    }

    @Test
    void pointsAtTheWholeBodyWithAnEmptyPointer() {
        JsonNode json = Problems.json(Problem.invalid("", "must be an object"));

        assertThat(json.path("detail").asText()).isEqualTo("the body must be an object");
        assertThat(json.at("/errors/0/pointer").asText()).isEmpty();
    }
}
