package dev.tidemark.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Iterator;
import java.util.Optional;

/** One project of a backbone over HTTP, with the JDK's own client. */
final class BackboneClient {
    private static final Duration REQUEST_MAX = Duration.ofSeconds(70);
    private static final ObjectMapper JSON = new JsonMapper();

    private final HttpClient http = HttpClient.newHttpClient();
    private final String project;

    BackboneClient(String server, String project) {
        this.project = server + "/v1/projects/" + project;
    }

    /** An entity as it is now; empty: there is none. */
    Optional<JsonNode> entity(String type, String key) {
        HttpResponse<String> response =
                send(request("/entities/" + type + "?key=" + encoded(key)).GET());
        if (response.statusCode() == 404) return Optional.empty();
        return Optional.of(checked(response).path("entities").path(0));
    }

    /** Every entity of a type that matches, in order of keys; pages are fetched as they are needed. */
    Iterator<JsonNode> entities(String type, String query, int pageRows) {
        return new Pages(after -> get("/entities/" + type + "?limit=" + pageRows + "&query=" + encoded(query)
                + (after == null ? "" : "&after=" + encoded(after))));
    }

    /** @param rest of the path, from a slash on */
    JsonNode get(String rest) {
        return checked(send(request(rest).GET()));
    }

    JsonNode post(String rest, JsonNode body) {
        return checked(send(request(rest)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(body.toString()))));
    }

    private HttpRequest.Builder request(String rest) {
        return HttpRequest.newBuilder(URI.create(project + rest)).timeout(REQUEST_MAX);
    }

    private HttpResponse<String> send(HttpRequest.Builder request) {
        try {
            return http.send(request.build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException("no answer from " + project, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static JsonNode checked(HttpResponse<String> response) {
        try {
            JsonNode json = JSON.readTree(response.body());
            if (response.statusCode() == 200) return json;
            throw new IllegalStateException(response.statusCode() + " "
                    + json.path("code").asText() + ": " + json.path("detail").asText());
        } catch (IOException e) {
            throw new UncheckedIOException("no JSON from " + response.uri(), e);
        }
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
