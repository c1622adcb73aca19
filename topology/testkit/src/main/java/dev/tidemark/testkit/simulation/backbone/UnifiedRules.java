package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetKind;
import dev.tidemark.testkit.ChangeIndex;
import dev.tidemark.testkit.simulation.ground.Simplification;

/** How a stored cursor moves by itself: rule B, or one of the simplifications of it. */
final class UnifiedRules {
    private final Simplification simplification;

    UnifiedRules(Simplification simplification) {
        this.simplification = simplification;
    }

    Target extended(Target target, MaterializeState state) {
        String incarnation = target.incarnation();
        if (target.kind() != TargetKind.REPLICA || incarnation == null) return target;
        if (!target.unified().epoch().equals(state.head.epoch())) return target;
        return target.withUnified(extended(target.unified(), target.name(), incarnation, state));
    }

    private Cursor extended(Cursor stored, String name, String incarnation, MaterializeState state) {
        return switch (simplification) {
            case UNIFIED_IS_MAX_OWN -> maxOwn(stored, name, incarnation, state);
            case UNIFIED_EXTENDED_AFTER_ANY_ACK -> ruleB(completed(stored), name, incarnation, state);
            case UNIFIED_EXTENDED_OVER_THE_INDEX -> overIndex(stored, name, incarnation, state);
            default -> ruleB(stored, name, incarnation, state);
        };
    }

    private static Cursor ruleB(Cursor stored, String name, String incarnation, MaterializeState state) {
        return UnifiedCursor.extended(stored, name, incarnation, state::record, null);
    }

    private static Cursor maxOwn(Cursor stored, String name, String incarnation, MaterializeState state) {
        Cursor at = stored;
        for (MaterializeState.Row row : state.records.values())
            if (row.record().isOwnOf(name, incarnation) && row.record().seq().isAfter(at.seq()))
                at = at(stored, row.record());
        return at;
    }

    private static Cursor overIndex(Cursor stored, String name, String incarnation, MaterializeState state) {
        Cursor at = stored;
        for (ChangeIndex.Row row : state.index.rows()) {
            if (!at.complete() || !row.seq().isAfter(at.seq())) continue;
            if (!row.record().logged().isOwnOf(name, incarnation)) return at;
            at = at(stored, row.record().logged());
        }
        return at;
    }

    private static Cursor completed(Cursor cursor) {
        return new Cursor(
                cursor.project(),
                cursor.epoch(),
                cursor.seq(),
                cursor.ordinal(),
                true,
                cursor.floor(),
                cursor.filterHash());
    }

    private static Cursor at(Cursor from, LoggedRecord record) {
        return new Cursor(
                from.project(), from.epoch(), record.seq(), record.ordinal(), true, from.floor(), from.filterHash());
    }
}
