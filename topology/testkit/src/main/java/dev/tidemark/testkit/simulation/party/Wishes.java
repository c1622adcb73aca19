package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.model.TargetKind;
import dev.tidemark.testkit.simulation.ground.Ground;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Wishes about targets, as their makers say them. */
public final class Wishes {
    private Wishes() {}

    /** @param seen the target as its maker last saw it, to be named; null: not named */
    static TargetEvent ack(
            String target, @Nullable String incarnation, Cursor cursor, @Nullable Target seen, boolean namesFrom) {
        String from = seen == null || !namesFrom ? null : CursorToken.encode(seen.unified());
        Long generation = seen == null ? null : seen.generation();
        return event(target, TargetEvent.Kind.ACK, incarnation, CursorToken.encode(cursor), from, generation);
    }

    /** @param to null: the earliest */
    public static TargetEvent reset(String target, @Nullable Cursor to) {
        String wish = to == null ? "earliest" : CursorToken.encode(to);
        return event(target, TargetEvent.Kind.RESET, null, wish, null, null);
    }

    static TargetEvent reader(String target, Collection<String> filter) {
        return new TargetEvent(
                Ground.PROJECT,
                target,
                TargetEvent.Kind.CREATE,
                null,
                TargetKind.READER,
                null,
                List.copyOf(filter),
                null,
                null,
                null);
    }

    private static TargetEvent event(
            String target,
            TargetEvent.Kind kind,
            @Nullable String incarnation,
            @Nullable String cursor,
            @Nullable String from,
            @Nullable Long generation) {
        return new TargetEvent(
                Ground.PROJECT, target, kind, null, null, incarnation, List.of(), cursor, from, generation);
    }
}
