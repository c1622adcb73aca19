package dev.tidemark.backbone.position;

import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Head;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Target;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How far a target is behind its project.
 *
 * @param lagRecords head ordinal minus the unified cursor's
 * @param freshnessMs age of the oldest record it has not seen; null: not known, which is neither fresh nor stale
 * @param state current, behind, new (nothing seen yet), or expired (it must read in full)
 */
public record TargetPosition(long lagRecords, @Nullable Long freshnessMs, String state) {
    /** When records were appended. */
    public interface CommitTimes {
        /** Milliseconds since 1970; empty: not known. */
        Optional<Long> committedMs(String project, Ordinal ordinal);
    }

    /** @param nowMs milliseconds since 1970 */
    public static TargetPosition of(Target target, Head head, CommitTimes times, long nowMs) {
        Cursor unified = target.unified();
        long lag = Math.max(0, head.ordinal().value() - unified.ordinal().value());
        return new TargetPosition(lag, freshnessMs(target, head, lag, times, nowMs), state(unified, head, lag));
    }

    private static @Nullable Long freshnessMs(Target target, Head head, long lag, CommitTimes times, long nowMs) {
        if (!target.unified().epoch().equals(head.epoch())) return null;
        if (lag == 0) return 0L;
        return times.committedMs(target.project(), target.unified().ordinal().next())
                .map(committedMs -> Math.max(0, nowMs - committedMs))
                .orElse(null);
    }

    private static String state(Cursor unified, Head head, long lag) {
        boolean begun = !unified.seq().isNone();
        if (!unified.epoch().equals(head.epoch())) return "expired";
        if (begun && PageRules.isBelowHorizon(unified, head.horizon())) return "expired";
        if (lag == 0) return "current";
        return begun ? "behind" : "new";
    }
}
