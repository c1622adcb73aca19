package dev.tidemark.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A party with a stored cursor.
 *
 * @param incarnation of the one copy it stands for; null: not known yet
 * @param filter entity types; empty: all
 * @param generation rises with every start from another place
 * @param unified semantics, section 5
 * @param acked last acknowledged cursor; null: none in this generation
 * @param lastAckMs time of that, milliseconds since 1970; 0 none
 */
public record Target(
        String project,
        String name,
        TargetKind kind,
        @Nullable String incarnation,
        List<String> filter,
        long generation,
        Cursor unified,
        @Nullable Cursor acked,
        long createdMs,
        long lastAckMs) {
    public Target {
        filter = List.copyOf(filter);
    }

    public Target withUnified(Cursor next) {
        return new Target(project, name, kind, incarnation, filter, generation, next, acked, createdMs, lastAckMs);
    }
}
