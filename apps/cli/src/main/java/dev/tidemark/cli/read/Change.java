package dev.tidemark.cli.read;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One row of a page, with its bytes as the server sent them.
 *
 * @param payload canonical text; null for a delete
 * @param hash of the payload, hex; null for a delete
 */
record Change(
        EntityKey id,
        ChangeFacts facts,
        @Nullable String payload,
        @Nullable String hash,
        Slice line) {
    /** Where a change stands and what it did. */
    record ChangeFacts(long seq, long version, String op) {}

    /** A part of the body of an answer. */
    record Slice(byte[] page, int from, int to) {
        String text() {
            return new String(page, from, to - from, StandardCharsets.UTF_8);
        }
    }

    boolean isDelete() {
        return facts.op().equals("delete");
    }

    Optional<String> image() {
        return Optional.ofNullable(payload);
    }
}
