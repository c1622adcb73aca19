package dev.tidemark.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Requests as they go over the wire, with the media types of the Confluent API where it matters. */
final class Http {
    static final ObjectMapper JSON = new ObjectMapper();
    /** What Confluent's client sends. */
    static final String REGISTRY_TYPES =
            "application/vnd.schemaregistry.v1+json, application/vnd.schemaregistry+json; qs=0.9, application/json; qs=0.5";

    private static final HttpClient CLIENT =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    private Http() {}

    record Answer(int status, String mediaType, String text) {
        JsonNode json() {
            try {
                return JSON.readTree(text);
            } catch (IOException e) {
                throw new AssertionError("not JSON: " + text, e);
            }
        }

        JsonNode ok() {
            if (status != 200) throw new AssertionError(status + ": " + text);
            return json();
        }
    }

    static Answer get(String url, String... headers) {
        HttpRequest.Builder request = request(url).GET();
        if (headers.length > 0) request.headers(headers);
        return send(request);
    }

    static Answer post(String url, String contentType, String body) {
        return send(request(url).header("Content-Type", contentType).POST(BodyPublishers.ofString(body)));
    }

    static Answer postSchema(String url, String schema) {
        return post(
                url,
                "application/vnd.schemaregistry.v1+json",
                JsonNodeFactory.instance.objectNode().put("schema", schema).toString());
    }

    private static HttpRequest.Builder request(String url) {
        return HttpRequest.newBuilder(URI.create(url)).timeout(Duration.ofSeconds(60));
    }

    private static Answer send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = CLIENT.send(request.build(), BodyHandlers.ofString());
            return new Answer(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    response.body());
        } catch (IOException e) {
            throw new AssertionError("no answer", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }
}
