package dev.tidemark.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a server answered, whole. */
public record Answer(URI from, int status, String contentType, Optional<Duration> retryAfter, byte[] body) {
    private static final int SHOWN_CHARS_MAX = 200;

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** @throws CommandFailure unless it is an object with members, as everything is that Tidemark answers but {@link #list} */
    public JsonNode json() {
        JsonNode json = read();
        if (json.isObject() && !json.isEmpty()) return json;
        throw stranger();
    }

    /** @throws CommandFailure unless it is an array of objects with members; empty: it knows of none */
    public List<JsonNode> list() {
        JsonNode json = read();
        if (!json.isArray()) throw stranger();
        List<JsonNode> rows = Json.rows(json);
        if (rows.stream().allMatch(row -> row.isObject() && !row.isEmpty())) return rows;
        throw stranger();
    }

    private JsonNode read() {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw stranger();
        } catch (IOException e) {
            throw new CommandFailure("cannot read the answer of " + from + ": " + e.getMessage(), e);
        }
    }

    /** Why it is no success. */
    public ServerProblem problem() {
        return ServerProblem.of(this);
    }

    /** Of whatever form, JSON is. */
    boolean isJson() {
        return contentType.toLowerCase(Locale.ROOT).contains("json");
    }

    /** @throws CommandFailure unless it is a stream of lines */
    public void requireLines() {
        if (!contentType.toLowerCase(Locale.ROOT).startsWith(ServerClient.NDJSON)) throw stranger();
    }

    /** It is an answer that no Tidemark gives. */
    CommandFailure stranger() {
        return new CommandFailure(ofAStranger());
    }

    String ofAStranger() {
        String what = body.length == 0 ? "nothing in it" : contentType;
        String shown = isPage() || body.length == 0 ? "" : "; it begins: " + excerpt();
        return from + " answered HTTP " + status + " with " + what
                + ", which is not how a Tidemark answers: check --server, and the proxy before it if there is one"
                + shown;
    }

    /** For a browser: its beginning says nothing. */
    private boolean isPage() {
        return contentType.toLowerCase(Locale.ROOT).contains("html");
    }

    /** The beginning of the body on one line, for an error. */
    private String excerpt() {
        String text =
                new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
    }
}
