package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes for all routes. */
class GatewayTest {
    @TempDir
    static Path dir;

    private static TestGateway gateway;

    @BeforeAll
    static void start() {
        gateway = new TestGateway(dir);
    }

    @AfterAll
    static void stop() {
        gateway.close();
    }

    /** A client that has sent all before it reads must not be met by a connection that was reset. */
    @Test
    void aBodyThatIsTooLargeIsAnsweredThoughAllOfItIsSentFirst() throws IOException {
        byte[] body = new byte[40 << 20];
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            OutputStream out = socket.getOutputStream();
            String head = "POST /v1/projects/p/mutations HTTP/1.1\r\nHost: 127.0.0.1:" + gateway.port()
                    + "\r\nContent-Type: application/json\r\nContent-Length: " + body.length
                    + "\r\nConnection: close\r\n\r\n";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(body);
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(answer).startsWith("HTTP/1.1 413 ").contains("\"code\":\"too_large\"");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /, 404, not_found",
        "GET, /v1, 404, not_found",
        "GET, /registry/nope, 404, not_found",
        "GET, /v1/projects/a/b/c/d, 404, not_found",
        "PATCH, /v1/projects, 405, method_not_allowed",
        "DELETE, /v1/projects/a/changes, 405, method_not_allowed",
        "GET, /v1/projects/a/mutations, 405, method_not_allowed",
        "GET, /v1/projects/a/digest?x=1, 400, invalid_request",
        "GET, /health/live?x=1, 400, invalid_request",
        "GET, /v1/projects/.a/changes, 400, invalid_request",
        "GET, /v1/projects/a%2Fb/changes, 400, invalid_request",
        "GET, /v1/projects/a/changes?entity=%FF, 400, malformed_query",
        "GET, /v1/projects/a/changes?entity=%ED%A0%80, 400, malformed_query",
        "GET, /v1/projects/%00, 400, invalid_request"
    })
    void answersWhatItRefusesWithAProblem(String method, String path, int status, String code) throws IOException {
        HttpResponse<String> answer = gateway.http.raw(method, path, "Accept", "application/json");

        assertThat(answer.statusCode()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        var problem = new ObjectMapper().readTree(answer.body());
        assertThat(problem.path("code").asText()).isEqualTo(code);
        assertThat(problem.path("status").asInt()).isEqualTo(status);
        assertThat(problem.path("detail").asText()).isNotBlank();
    }

    @Test
    void namesTheMethodsThatAResourceHas() {
        assertThat(gateway.http.raw("PATCH", "/v1/projects/a").headers().firstValue("Allow"))
                .hasValueSatisfying(allow -> assertThat(allow.split(", "))
                        .containsExactlyInAnyOrder("GET", "PUT", "DELETE", "HEAD", "OPTIONS"));
    }

    @Test
    void answersOptionsWithTheMethodsAndNoPermissionForForeignPages() {
        HttpResponse<String> answer = gateway.http.raw("OPTIONS", "/v1/projects/a/mutations");

        assertThat(answer.statusCode()).isEqualTo(204);
        assertThat(answer.headers().firstValue("Allow")).hasValue("OPTIONS, POST");
        assertThat(answer.headers().map().keySet())
                .noneMatch(name -> name.toLowerCase().startsWith("access-control"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/health/live", "/openapi.json", "/v1/projects/empty/changes", "/v1/projects/empty/digest"})
    void answersHeadAsGetWithoutTheBody(String path) {
        HttpResponse<String> get = gateway.http.raw("GET", path);
        HttpResponse<String> head = gateway.http.raw("HEAD", path);

        assertThat(head.statusCode()).isEqualTo(get.statusCode());
        assertThat(head.body()).isEmpty();
        assertThat(head.headers().firstValue("Content-Type"))
                .isEqualTo(get.headers().firstValue("Content-Type"));
        assertThat(head.headers().firstValue("Content-Length"))
                .isEqualTo(get.headers().firstValue("Content-Length"));
    }

    @Test
    void answersHeadersThatAreTooLargeWithAProblem() {
        HttpResponse<String> answer = gateway.http.raw("GET", "/health/live", "X-Long", "x".repeat(20_000));

        assertThat(answer.statusCode()).isEqualTo(431);
        assertThat(answer.body()).contains("\"code\":\"headers_too_large\"");
    }

    @Test
    void answersWhatIsNoHttpWithAProblem() throws IOException {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            socket.getOutputStream().write("nonsense\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

            assertThat(answer).contains("application/problem+json").contains("\"code\":");
        }
    }

    @Test
    void compressesAnswersForThoseWhoAcceptIt() {
        ContractClient.Answer plain = gateway.http.get("/openapi.json");
        HttpResponse<String> gzip = gateway.http.raw("HEAD", "/openapi.json", "Accept-Encoding", "gzip");

        assertThat(plain.header("Content-Encoding")).isEmpty();
        assertThat(gzip.headers().firstValue("Content-Encoding")).hasValue("gzip");
        assertThat(gzip.headers().firstValueAsLong("Content-Length").orElseThrow())
                .isLessThan(plain.text().length() / 4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/projects/a/targets",
                "/v1/projects/a/targets/t",
                "/v1/projects/a/entities/e",
                "/v1/projects/a/entities/e?key=k",
                "/v1/projects/a/replicas/r/seqs",
                "/v1/projects/a/seqs/7",
                "/v1/projects/a/changes?target=t"
            })
    void saysThatTryingAgainIsSafeWhileTheStoresAreNotOpen(String path) {
        ContractClient.Answer answer = gateway.http.get(path);

        assertThat(answer.status()).isEqualTo(503);
        assertThat(answer.code()).isEqualTo("not_served");
        assertThat(answer.header("Retry-After")).contains("1");
    }
}
