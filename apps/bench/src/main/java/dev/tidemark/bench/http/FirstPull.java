package dev.tidemark.bench.http;

import dev.tidemark.bench.place.Until;
import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Waits until a server that is starting answers a pull. */
public final class FirstPull {
    private static final Duration ANSWERED_MAX = Duration.ofMinutes(10);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(5);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String url;

    public FirstPull(String url) {
        this.url = url;
    }

    /** Returns with the first page of the project. */
    public void await(String project) {
        HttpRequest request = HttpRequest.newBuilder(
                        URI.create(url + "/v1/projects/" + project + "/changes?full=true&limit=10"))
                .timeout(ANSWER_MAX)
                .build();
        Until.met(ANSWERED_MAX, "a pull of " + project + " is answered", () -> isAnswered(request));
    }

    private boolean isAnswered(HttpRequest request) {
        try {
            HttpResponse<String> answer = client.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 && answer.body().contains("\"seq\":");
        } catch (IOException notYet) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }
}
