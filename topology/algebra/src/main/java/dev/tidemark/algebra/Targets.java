package dev.tidemark.algebra;

import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Head;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.model.TargetKind;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a target (semantics, sections 5 and 7). A target belongs to one copy: another incarnation or filter starts a
 * new generation at earliest. Rule B is applied by the caller, who has the records. A cursor beyond the head is taken: whoever
 * sent it checked it, and after a failover the acknowledgements are read again before the records they are of.
 */
public final class Targets {
    /** Most entity types of a filter: a target is one row, written with every ack. */
    public static final int FILTER_MAX = 256;

    private Targets() {}

    /** What was decided: the target as it then is, or that it is gone, or why it stays as it was. */
    public sealed interface Decision {
        record Stored(Target target) implements Decision {}

        record Removed() implements Decision {}

        record Refused(String code, String detail) implements Decision {}
    }

    /**
     * @param before null: there is no such target
     * @param head of the project, as far as it is materialized
     * @param lastIncarnation with which a replica of that name pushed last; null: none did
     * @param nowMs milliseconds since 1970
     */
    public static Decision decide(
            TargetEvent event, @Nullable Target before, Head head, @Nullable String lastIncarnation, long nowMs) {
        if (event.filter().size() > FILTER_MAX)
            return new Decision.Refused("filter_too_long", "a filter names at most " + FILTER_MAX + " entity types");
        return switch (event.kind()) {
            case CREATE -> new Decision.Stored(created(event, before, head, lastIncarnation, nowMs));
            case DELETE -> before == null ? notFound(event) : new Decision.Removed();
            case RESET -> before == null ? notFound(event) : reset(event, before, head);
            case ACK -> acked(event, current(event, before, head, lastIncarnation, nowMs), head, nowMs);
        };
    }

    /** A replica of the target's name pushed: it is that replica's target from now on. */
    public static Target pushed(Target before, String incarnation, Epoch epoch) {
        if (before.kind() == TargetKind.DESTINATION) return before;
        if (before.incarnation() != null && !before.incarnation().equals(incarnation))
            return restarted(before, TargetKind.REPLICA, incarnation, before.filter(), epoch);
        return new Target(
                before.project(),
                before.name(),
                TargetKind.REPLICA,
                incarnation,
                before.filter(),
                before.generation(),
                before.unified(),
                before.acked(),
                before.createdMs(),
                before.lastAckMs());
    }

    /** The same target in a new epoch: nothing of what it had counts any more. */
    public static Target inEpoch(Target before, Epoch epoch) {
        return restarted(before, before.kind(), before.incarnation(), before.filter(), epoch);
    }

    private static Target created(
            TargetEvent event, @Nullable Target before, Head head, @Nullable String lastIncarnation, long nowMs) {
        String incarnation = event.incarnation() != null ? event.incarnation() : lastIncarnation;
        if (before == null) return fresh(event, incarnation, lastIncarnation, head.epoch(), nowMs);
        TargetKind kind = event.targetKind() != null ? event.targetKind() : before.kind();
        boolean sayFilter = event.targetKind() != null || !event.filter().isEmpty();
        List<String> filter = sayFilter ? event.filter() : before.filter();
        boolean otherCopy = event.incarnation() != null
                && before.incarnation() != null
                && !event.incarnation().equals(before.incarnation());
        String kept = event.incarnation() != null ? event.incarnation() : before.incarnation();
        if (otherCopy || CursorToken.filterHash(filter) != CursorToken.filterHash(before.filter()))
            return restarted(before, kind, kept, filter, head.epoch());
        return new Target(
                before.project(),
                before.name(),
                kind,
                kept,
                filter,
                before.generation(),
                before.unified(),
                before.acked(),
                before.createdMs(),
                before.lastAckMs());
    }

    private static Target fresh(
            TargetEvent event, @Nullable String incarnation, @Nullable String pushed, Epoch epoch, long nowMs) {
        TargetKind known = pushed != null ? TargetKind.REPLICA : TargetKind.READER;
        TargetKind kind = event.targetKind() != null ? event.targetKind() : known;
        Cursor earliest = Cursor.earliest(event.project(), epoch, CursorToken.filterHash(event.filter()));
        return new Target(
                event.project(), event.target(), kind, incarnation, event.filter(), 1, earliest, null, nowMs, 0);
    }

    private static Target restarted(
            Target before, TargetKind kind, @Nullable String incarnation, List<String> filter, Epoch epoch) {
        Cursor earliest = Cursor.earliest(before.project(), epoch, CursorToken.filterHash(filter));
        return new Target(
                before.project(),
                before.name(),
                kind,
                incarnation,
                filter,
                before.generation() + 1,
                earliest,
                null,
                before.createdMs(),
                0);
    }

    /** The target an ack is for: made where it is not there, restarted where the ack is of another copy. */
    private static Target current(
            TargetEvent event, @Nullable Target before, Head head, @Nullable String lastIncarnation, long nowMs) {
        return created(event, before, head, lastIncarnation, nowMs);
    }

    private static Decision acked(TargetEvent event, Target target, Head head, long nowMs) {
        if (event.generation() != null && event.generation() != target.generation())
            return new Decision.Refused(
                    "cursor_moved",
                    "the ack is of generation " + event.generation() + ", the target is in " + target.generation());
        Parsed from = event.from() == null ? null : Parsed.of(event.from(), target, head);
        if (from != null && !Objects.equals(from.cursor, target.unified()))
            return new Decision.Refused("cursor_moved", "the stored cursor is not the one named by from");
        Parsed acked = Parsed.of(Objects.requireNonNull(event.cursor()), target, head);
        if (acked.refused != null) return acked.refused;
        Cursor cursor = Objects.requireNonNull(acked.cursor);
        return new Decision.Stored(new Target(
                target.project(),
                target.name(),
                target.kind(),
                target.incarnation(),
                target.filter(),
                target.generation(),
                UnifiedCursor.acked(target.unified(), cursor),
                cursor,
                target.createdMs(),
                nowMs));
    }

    private static Decision reset(TargetEvent event, Target before, Head head) {
        int filterHash = CursorToken.filterHash(before.filter());
        String wish = Objects.requireNonNull(event.cursor());
        Cursor to;
        if (wish.equals("earliest")) to = Cursor.earliest(before.project(), head.epoch(), filterHash);
        else if (wish.equals("head")) to = head.cursor(before.project(), filterHash);
        else {
            Parsed parsed = Parsed.of(wish, before, head);
            if (parsed.refused != null) return parsed.refused;
            to = Objects.requireNonNull(parsed.cursor);
        }
        return new Decision.Stored(restarted(before, before.kind(), before.incarnation(), before.filter(), head.epoch())
                .withUnified(to));
    }

    private static Decision notFound(TargetEvent event) {
        return new Decision.Refused("target_not_found", "there is no target " + event.target());
    }

    /** A token read for a target: the cursor, or why it cannot be taken. */
    private record Parsed(@Nullable Cursor cursor, Decision.@Nullable Refused refused) {
        static Parsed of(String token, Target target, Head head) {
            Cursor cursor;
            try {
                cursor = CursorToken.decode(token);
            } catch (CursorRefused e) {
                return refused("cursor_invalid", String.valueOf(e.getMessage()));
            }
            if (!cursor.project().equals(target.project()))
                return refused("cursor_invalid", "the cursor is of another project");
            if (!cursor.epoch().equals(head.epoch()))
                return refused("cursor_expired", "the cursor is of another epoch of the log");
            if (cursor.filterHash() != CursorToken.filterHash(target.filter()))
                return refused("cursor_invalid", "the cursor was cut with another filter than the target's");
            return new Parsed(cursor, null);
        }

        private static Parsed refused(String code, String detail) {
            return new Parsed(null, new Decision.Refused(code, detail));
        }
    }
}
