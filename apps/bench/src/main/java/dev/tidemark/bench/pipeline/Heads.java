package dev.tidemark.bench.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;

/** Heads of projects as the gateway answers them. */
public final class Heads {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);

    private final HttpClient client = HttpClient.newHttpClient();
    private final String server;
    private final List<String> projects;

    /** @param server without a slash at its end */
    public Heads(String server, List<String> projects) {
        this.server = server;
        this.projects = projects;
    }

    /** Records of all projects that are served; a project that is not served yet has none. */
    public long records() {
        return projects.stream().mapToLong(this::records).sum();
    }

    private long records(String project) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(server + "/v1/projects/" + project))
                    .timeout(ANSWER_MAX)
                    .build();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) return 0;
            JsonNode head = JSON.readTree(answer.body()).path("head");
            return Math.max(0, head.path("ordinal").asLong());
        } catch (IOException e) {
            return 0;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
