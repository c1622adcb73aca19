package dev.tidemark.bench.chaos.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.tidemark.bench.chaos.evidence.Notes;
import dev.tidemark.bench.chaos.evidence.Refusal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;

/**
 * One project over HTTP. An answer that only says "later" is none; one that says "no" is noted, for these runs give no cause for it.
 */
public final class Project {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> LATER = Set.of(429, 500, 502, 503, 504);
    private static final int NOT_FOUND = 404;
    private static final long PAUSE_NS = Duration.ofMillis(50).toNanos();

    private final Gateways gateways;
    private final Notes notes;
    private final String path;
    private volatile boolean isThere;

    public Project(Gateways gateways, Notes notes) {
        this.gateways = gateways;
        this.notes = notes;
        this.path = "/v1/projects/" + notes.project();
    }

    public Notes notes() {
        return notes;
    }

    Gateways gateways() {
        return gateways;
    }

    String at(String rest) {
        return path + rest;
    }

    /** @return empty: not now */
    Optional<JsonNode> get(String who, String rest) {
        return taken(who, "GET " + rest, gateways.get(at(rest)));
    }

    Optional<JsonNode> post(String who, String rest, String body) {
        return taken(who, "POST " + rest, gateways.post(at(rest), body));
    }

    /** Whether that instance answers reads of it. */
    public boolean isServedBy(String url, Duration most) {
        return gateways.get(url, at("/digest"), most)
                .filter(answer -> answer.statusCode() == 200)
                .isPresent();
    }

    private Optional<JsonNode> taken(String who, String asked, Optional<HttpResponse<String>> answer) {
        int status = answer.map(HttpResponse::statusCode).orElse(503);
        if (status == 200) {
            isThere = true;
            return answer.map(each -> parsed(each.body()));
        }
        // It is made by its first push.
        boolean isNotYet = status == NOT_FOUND && !isThere;
        if (!LATER.contains(status) && !isNotYet)
            notes.add(new Refusal(
                    who, asked, status, answer.map(HttpResponse::body).orElse("")));
        LockSupport.parkNanos(PAUSE_NS);
        return Optional.empty();
    }

    static JsonNode parsed(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that is no JSON", e);
        }
    }
}
