package dev.tidemark.wire;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Asks a registry over HTTP; knows its transport, not what the answers mean. A request that meets a passing fault is tried
 * {@value #ATTEMPTS_MAX} times; with the timeout of each that bounds the whole.
 */
final class RegistryClient {
    static final int ATTEMPTS_MAX = 3;
    private static final long PAUSE_MS = 200;
    private static final String CONTENT_TYPE = "application/vnd.schemaregistry.v1+json";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final RegistryAddress address;
    private final HttpClient http;

    /** What the registry said. {@code body} is missing if it is no JSON. */
    record Answer(URI uri, int status, JsonNode body) {
        boolean isOk() {
            return status == 200;
        }

        /** Confluent's error code; 0 if there is none, as when something else than a registry answers. */
        int errorCode() {
            return body.path("error_code").asInt(0);
        }

        boolean isPassing() {
            return status == 429 || status >= 500;
        }
    }

    RegistryClient(RegistryAddress address) {
        this.address = address;
        // No redirects: the client would send the password along, wherever they lead.
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(address.timeout())
                .build();
    }

    Answer get(String path) {
        return ask("GET", path, BodyPublishers.noBody());
    }

    Answer post(String path, JsonNode body) {
        return ask("POST", path, BodyPublishers.ofString(body.toString()));
    }

    private Answer ask(String method, String path, BodyPublisher body) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address.at(path))
                .timeout(address.timeout())
                .header("Accept", CONTENT_TYPE + ", application/json")
                .header("Content-Type", CONTENT_TYPE)
                .method(method, body);
        address.authorization().ifPresent(value -> request.header("Authorization", value));
        return withRetries(request.build());
    }

    private Answer withRetries(HttpRequest request) {
        for (int attempt = 1; ; attempt++) {
            boolean last = attempt == ATTEMPTS_MAX;
            try {
                Answer answer = once(request);
                if (last || !answer.isPassing()) return answer;
            } catch (ExecutionException | TimeoutException e) {
                if (last) throw unreachable(request.uri(), Objects.requireNonNullElse(e.getCause(), e));
            }
            pause(attempt * PAUSE_MS);
        }
    }

    private Answer once(HttpRequest request) throws ExecutionException, TimeoutException {
        CompletableFuture<HttpResponse<byte[]>> pending = http.sendAsync(request, BodyHandlers.ofByteArray());
        try {
            // The request's own timeout ends with the headers; this one covers the body as well.
            HttpResponse<byte[]> response = pending.get(address.timeout().toMillis(), TimeUnit.MILLISECONDS);
            return new Answer(request.uri(), response.statusCode(), parse(response.body()));
        } catch (InterruptedException e) {
            throw interrupted(e);
        } finally {
            pending.cancel(true);
        }
    }

    private static JsonNode parse(byte[] body) {
        try {
            JsonNode node = JSON.readTree(body);
            return node == null ? MissingNode.getInstance() : node;
        } catch (JsonProcessingException notJson) {
            return MissingNode.getInstance();
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static void pause(long ms) {
        try {
            TimeUnit.MILLISECONDS.sleep(ms);
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static SchemaRegistryException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new SchemaRegistryException("Interrupted while asking the schema registry", e);
    }

    private static SchemaRegistryException unreachable(URI uri, Throwable cause) {
        return new SchemaRegistryException(
                "Cannot reach the schema registry: " + uri + " ("
                        + cause.getClass().getSimpleName() + ", " + ATTEMPTS_MAX
                        + " attempts). Check its address and that it is running, then try again.",
                cause);
    }
}
