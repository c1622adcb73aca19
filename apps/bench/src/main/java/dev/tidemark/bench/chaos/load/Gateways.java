package dev.tidemark.bench.chaos.load;

import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/** The instances over HTTP: each request goes to any of them, for a client cannot know which one is well. */
public final class Gateways {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    /** Less than a push waits for its outcomes: some are sent again while the server still works on them. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    /** Of a stream, whose body has no end. */
    private static final Duration HEADERS_MAX = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
    private final List<String> urls;

    public Gateways(List<String> urls) {
        this.urls = List.copyOf(urls);
    }

    public List<String> urls() {
        return urls;
    }

    /** Of any instance. @return empty: the connection broke */
    public Optional<HttpResponse<String>> get(String path) {
        return get(any(), path, ANSWER_MAX);
    }

    public Optional<HttpResponse<String>> get(String url, String path, Duration most) {
        return send(HttpRequest.newBuilder(URI.create(url + path)).timeout(most).build());
    }

    /** @return empty: the connection broke, and nobody knows what became of it */
    public Optional<HttpResponse<String>> post(String path, String json) {
        return send(HttpRequest.newBuilder(URI.create(any() + path))
                .timeout(ANSWER_MAX)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json))
                .build());
    }

    /** A stream of server-sent events. @return empty: there is none now */
    Optional<InputStream> events(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(any() + path))
                .timeout(HEADERS_MAX)
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) return Optional.of(answer.body());
            answer.body().close();
            return Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Optional<HttpResponse<String>> send(HttpRequest request) {
        try {
            return Optional.of(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private static CommandFailure interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new CommandFailure("interrupted", e);
    }

    private String any() {
        return urls.get(ThreadLocalRandom.current().nextInt(urls.size()));
    }
}
