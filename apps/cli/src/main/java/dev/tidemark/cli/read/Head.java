package dev.tidemark.cli.read;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/** The head of a project as the server shows it. */
record Head(long seq, long ordinal, long count, Optional<String> digest) {
    static Head of(JsonNode head) {
        return new Head(
                head.path("seq").asLong(),
                head.path("ordinal").asLong(),
                head.path("count").asLong(),
                Optional.ofNullable(head.path("digest").textValue()));
    }
}
