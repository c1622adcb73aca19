package dev.tidemark.backbone.instances;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.topology.query.NotServed;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.streams.state.HostInfo;

/** Asks all other instances the same, where an answer is made of what each of them has. Thread-safe. */
public final class Peers {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int OK = 200;
    private static final Duration CONNECT = Duration.ofSeconds(2);
    private static final Duration ANSWER = Duration.ofSeconds(10);

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
    private final Owners owners;
    private final ForwardedMark mark;

    public Peers(Owners owners, ForwardedMark mark) {
        this.owners = owners;
        this.mark = mark;
    }

    /**
     * The answers of those that gave one.
     *
     * @param target path and query
     */
    public CompletableFuture<List<JsonNode>> ask(String target) {
        List<CompletableFuture<JsonNode>> asked = new ArrayList<>();
        for (HostInfo other : owners.others())
            asked.add(http.sendAsync(request(other, target), BodyHandlers.ofString())
                    .thenApply(Peers::answer)
                    .exceptionally(error -> JSON.nullNode()));
        return CompletableFuture.allOf(asked.toArray(CompletableFuture<?>[]::new))
                .thenApply(done -> asked.stream()
                        .map(CompletableFuture::join)
                        .filter(JsonNode::isObject)
                        .toList());
    }

    private HttpRequest request(HostInfo other, String target) {
        return HttpRequest.newBuilder(URI.create("http://" + other.host() + ":" + other.port() + target))
                .timeout(ANSWER)
                .header(ForwardedMark.HEADER, mark.of("GET", target))
                .build();
    }

    private static JsonNode answer(HttpResponse<String> response) {
        if (response.statusCode() != OK) throw new NotServed("another instance answers " + response.statusCode());
        try {
            return JSON.readTree(response.body());
        } catch (JsonProcessingException e) {
            throw new NotServed("another instance does not answer in JSON");
        }
    }
}
