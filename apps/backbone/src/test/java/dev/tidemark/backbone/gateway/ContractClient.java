package dev.tidemark.backbone.gateway;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Talks to a gateway, and holds every answer against the OpenAPI document: its status, its media type and its body. */
final class ContractClient {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(20);

    private final HttpClient http = HttpClient.newHttpClient();
    private final String base;

    ContractClient(int port) {
        this.base = "http://127.0.0.1:" + port;
    }

    /** An answer that the document allows. */
    record Answer(int status, String mediaType, String text, HttpResponse<?> response) {
        JsonNode json() {
            return parsed(text);
        }

        List<JsonNode> lines() {
            return text.lines().map(ContractClient::parsed).toList();
        }

        String code() {
            return json().path("code").asText();
        }

        Optional<String> header(String name) {
            return response.headers().firstValue(name);
        }
    }

    Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    Answer post(String path, String json, String... headers) {
        return send("POST", path, "application/json", json.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer put(String path, String json, String... headers) {
        return send("PUT", path, "application/json", json.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer stream(String path, String lines, String... headers) {
        return send("POST", path, "application/x-ndjson", lines.getBytes(StandardCharsets.UTF_8), headers);
    }

    Answer send(String method, String path, String contentType, byte[] body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", contentType)
                .method(method, BodyPublishers.ofByteArray(body)));
    }

    /** What is not held against the document: methods and paths that it does not have. */
    HttpResponse<String> raw(String method, String path, String... headers) {
        try {
            return http.send(
                    request(path, headers)
                            .method(method, BodyPublishers.noBody())
                            .build(),
                    BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The body as it comes; to be closed. */
    InputStream open(String path, String accept) {
        try {
            HttpResponse<InputStream> response =
                    http.send(request(path, "Accept", accept).GET().build(), BodyHandlers.ofInputStream());
            assertThat(response.statusCode()).isEqualTo(200);
            assertThat(response.headers().firstValue("Content-Type").orElseThrow())
                    .startsWith(accept);
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(TIMEOUT);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            String mediaType = LoopbackRules.mediaType(
                    response.headers().firstValue("Content-Type").orElse(""));
            Answer answer = new Answer(
                    response.statusCode(), mediaType, new String(response.body(), StandardCharsets.UTF_8), response);
            hold(request, answer);
            return answer;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void hold(HttpRequest request, Answer answer) {
        String what = request.method() + " " + request.uri().getPath() + " " + answer.status() + " " + answer.text();
        OpenApi.Operation operation =
                OpenApi.operation(request.method(), request.uri().getRawPath());
        JsonNode response = operation.response(answer.status());
        assertThat(response.isMissingNode())
                .as("status not in the document: " + what)
                .isFalse();
        if (response.path("headers").has("Retry-After") && answer.json().has("retry_after"))
            assertThat(answer.header("Retry-After"))
                    .as(what)
                    .contains(answer.json().path("retry_after").asText());
        JsonNode content = response.path("content");
        if (content.isMissingNode()) return;
        JsonNode media = content.path(answer.mediaType());
        assertThat(media.isMissingNode())
                .as("media type " + answer.mediaType() + " not in the document: " + what)
                .isFalse();
        if (answer.mediaType().endsWith("json") && !answer.mediaType().equals("application/x-ndjson"))
            assertThat(SchemaCheck.faults(media.path("schema"), answer.json()))
                    .as(what)
                    .isEmpty();
    }

    private static JsonNode parsed(String text) {
        try {
            return MAPPER.readTree(text);
        } catch (IOException e) {
            throw new AssertionError("no JSON: " + text, e);
        }
    }
}
