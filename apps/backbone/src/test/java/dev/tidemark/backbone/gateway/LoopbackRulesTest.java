package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LoopbackRulesTest {
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

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.0.1.1", "127.255.255.254", "localhost", "LOCALHOST", "::1", "[::1]"})
    void bindsToLoopback(String host) {
        assertThat(LoopbackRules.isLoopback(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "::",
                "10.0.0.1",
                "127.0.0.1.evil.com",
                "127.evil.com",
                "127.0.0.256",
                "127.1",
                "",
                "example.com"
            })
    void bindsToNothingElse(String host) {
        assertThat(LoopbackRules.isLoopback(host)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1, 200",
        "127.0.0.1:7070, 200",
        "127.3.2.1:7070, 200",
        "localhost, 200",
        "LocalHost:80, 200",
        "[::1], 200",
        "[::1]:7070, 200",
        "127.evil.com, 403",
        "127.0.0.1.evil.com:7070, 403",
        "localhost.evil.com, 403",
        "evil.com, 403",
        "10.0.0.1:7070, 403",
        "[::2]:7070, 403"
    })
    void answersRequestsToThisMachineOnly(String host, int status) throws IOException {
        assertThat(status("GET /health/live HTTP/1.1\r\nHost: " + host)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "http://127.0.0.1:7070, 200",
        "http://localhost:3000, 200",
        "https://[::1]:7070, 200",
        "null, 403",
        "http://evil.com, 403",
        "http://127.evil.com, 403",
        "http://localhost@evil.com, 403",
        "http://localhost.evil.com, 403",
        "file://, 403",
        "chrome-extension://localhost, 403",
        "not an origin, 403"
    })
    void answersPagesOfThisMachineOnly(String origin, int status) throws IOException {
        assertThat(status("GET /health/live HTTP/1.1\r\nHost: localhost\r\nOrigin: " + origin))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"none, 200", "same-origin, 200", "cross-site, 403"})
    void refusesWhatTheBrowserSaysComesFromAnotherSite(String site, int status) throws IOException {
        assertThat(status("GET /health/live HTTP/1.1\r\nHost: localhost\r\nSec-Fetch-Site: " + site))
                .isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "POST | application/json | 400",
                "POST | application/json; charset=utf-8 | 400",
                "POST | Application/JSON | 400",
                "POST | application/vnd.schemaregistry.v1+json | 400",
                "POST | text/plain | 415",
                "POST | text/plain; application/json | 415",
                "POST | application/x-www-form-urlencoded | 415",
                "POST | multipart/form-data | 415",
                "POST | text/evil+json | 415",
                "PUT | text/plain | 415",
                "DELETE | text/plain | 415"
            },
            delimiter = '|')
    void takesChangesAsJsonOnly(String method, String contentType, int status) throws IOException {
        String path = method.equals("POST") ? "/v1/projects/p/mutations" : "/v1/projects/p";
        assertThat(status(
                        method + " " + path + " HTTP/1.1\r\nHost: localhost\r\nContent-Length: 1\r\nContent-Type: "
                                + contentType,
                        "x"))
                .isEqualTo(status);
    }

    @org.junit.jupiter.api.Test
    void wantsAContentTypeOfEveryPost() throws IOException {
        assertThat(status("POST /v1/projects/p/targets/t/reset HTTP/1.1\r\nHost: localhost\r\nContent-Length: 0"))
                .isEqualTo(415);
    }

    private static int status(String head) throws IOException {
        return status(head, "");
    }

    private static int status(String head, String body) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", gateway.port())) {
            String request = head + "\r\nConnection: close\r\n\r\n" + body;
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return Integer.parseInt(answer.substring(9, 12));
        }
    }
}
