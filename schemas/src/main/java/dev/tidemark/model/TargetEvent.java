package dev.tidemark.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A wish about a target. All of them go through {@code tidemark.acks}, so that a replay gives the same cursors.
 *
 * @param targetKind CREATE only
 * @param incarnation of the copy the target stands for; null: not said
 * @param filter entity types; empty: all
 * @param cursor ACK: token; RESET: token, {@code earliest} or {@code head}
 * @param from ACK: token of the stored cursor it moves on from; null: not checked
 * @param generation ACK: the generation it was read in; null: not checked
 */
public record TargetEvent(
        String project,
        String target,
        Kind kind,
        @Nullable String requestId,
        @Nullable TargetKind targetKind,
        @Nullable String incarnation,
        List<String> filter,
        @Nullable String cursor,
        @Nullable String from,
        @Nullable Long generation) {
    public enum Kind {
        CREATE,
        ACK,
        RESET,
        DELETE
    }

    public TargetEvent {
        filter = List.copyOf(filter);
    }
}
