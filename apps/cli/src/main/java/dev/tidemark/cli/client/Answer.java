package dev.tidemark.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/** What a server answered, whole. */
public record Answer(URI from, int status, String contentType, Optional<Duration> retryAfter, byte[] body) {
    private static final int SHOWN_CHARS_MAX = 200;

    public boolean isSuccess() {
        return status >= 200 && status < 300;
    }

    /** @throws CommandFailure if it is no JSON, so that no Tidemark answered */
    public JsonNode json() {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            throw new CommandFailure(
                    from + " answered with something that is not JSON (" + contentType + "): is a Tidemark there?", e);
        } catch (IOException e) {
            throw new CommandFailure("cannot read the answer of " + from + ": " + e.getMessage(), e);
        }
    }

    /** The beginning of the body on one line, for an error. */
    String excerpt() {
        String text =
                new String(body, StandardCharsets.UTF_8).replaceAll("\\s+", " ").strip();
        return text.length() <= SHOWN_CHARS_MAX ? text : text.substring(0, SHOWN_CHARS_MAX) + "…";
    }
}
