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
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The instances over HTTP: each request goes to any of them, but for a while not to one that has just not answered; else a paused one
 * would hold the load up, and not the servers that are well. Thread-safe.
 */
public final class Gateways {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(2);
    /** Less than a push waits for its outcomes: some are sent again while the server still works on them. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    /** Of a stream, whose body has no end. */
    private static final Duration HEADERS_MAX = Duration.ofSeconds(5);

    private static final long AVOIDED_NS = Duration.ofSeconds(5).toNanos();

    private final Map<String, Long> silentAtNs = new ConcurrentHashMap<>();
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
        return send(
                url,
                HttpRequest.newBuilder(URI.create(url + path)).timeout(most).build());
    }

    /** @return empty: the connection broke, and nobody knows what became of it */
    public Optional<HttpResponse<String>> post(String path, String json) {
        String url = any();
        return send(
                url,
                HttpRequest.newBuilder(URI.create(url + path))
                        .timeout(ANSWER_MAX)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(json))
                        .build());
    }

    /** A stream of server-sent events. @return empty: there is none now */
    Optional<InputStream> events(String path) {
        String url = any();
        HttpRequest request = HttpRequest.newBuilder(URI.create(url + path))
                .timeout(HEADERS_MAX)
                .header("Accept", "text/event-stream")
                .build();
        try {
            HttpResponse<InputStream> answer = client.send(request, BodyHandlers.ofInputStream());
            if (answer.statusCode() == 200) return Optional.of(answer.body());
            answer.body().close();
            return Optional.empty();
        } catch (IOException e) {
            silentAtNs.put(url, System.nanoTime());
            return Optional.empty();
        } catch (InterruptedException e) {
            throw interrupted(e);
        }
    }

    private Optional<HttpResponse<String>> send(String url, HttpRequest request) {
        try {
            return Optional.of(client.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            silentAtNs.put(url, System.nanoTime());
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
        long now = System.nanoTime();
        List<String> spoke = urls.stream()
                .filter(url -> now - silentAtNs.getOrDefault(url, now - AVOIDED_NS) >= AVOIDED_NS)
                .toList();
        List<String> from = spoke.isEmpty() ? urls : spoke;
        return from.get(ThreadLocalRandom.current().nextInt(from.size()));
    }
}
