package dev.tidemark.algebra;

import dev.tidemark.model.Cursor;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The two rules by which a target's unified cursor changes (semantics, section 5), and no other. Invariant L4: it never goes
 * back within an epoch and generation, and rule B passes own records only, by ordinal, so never someone else's.
 */
public final class UnifiedCursor {
    /** Records that rule B may pass at a time; the rest follows at the next occasion. */
    public static final int STEPS_MAX = 10_000;

    private UnifiedCursor() {}

    /**
     * Rule A: an acknowledged cursor that is further on. One at the same record that is complete where the stored one is not says
     * more of the same place: so a replica that has read an empty project is not sent its own first push.
     */
    public static Cursor acked(Cursor stored, Cursor acked) {
        boolean saysMore = acked.seq().equals(stored.seq()) && acked.complete() && !stored.complete();
        return saysMore || acked.seq().isAfter(stored.seq()) ? acked : stored;
    }

    /**
     * Rule B: from a complete cursor over the replica's own records.
     *
     * @param record by ordinal; null where it is not known, which stops it
     * @param passed null, or where the records that it passed are added
     */
    public static Cursor extended(
            Cursor from,
            String replica,
            String incarnation,
            Function<Ordinal, @Nullable LoggedRecord> record,
            @Nullable List<LoggedRecord> passed) {
        Cursor at = from;
        for (int step = 0; step < STEPS_MAX && at.complete(); step++) {
            LoggedRecord next = record.apply(at.ordinal().next());
            if (next == null || !next.isOwnOf(replica, incarnation)) return at;
            at = new Cursor(at.project(), at.epoch(), next.seq(), next.ordinal(), true, at.floor(), at.filterHash());
            if (passed != null) passed.add(next);
        }
        return at;
    }

    /** What rule B yields from a cursor, with the records passed, in order. */
    public static Advance advance(
            Cursor from, String replica, String incarnation, Function<Ordinal, @Nullable LoggedRecord> record) {
        List<LoggedRecord> passed = new ArrayList<>();
        Cursor to = extended(from, replica, incarnation, record, passed);
        return new Advance(from, to, passed);
    }

    /** From a replica's own cursor to another over its own records. */
    public record Advance(Cursor from, Cursor to, List<LoggedRecord> records) {
        public boolean isEmpty() {
            return records.isEmpty();
        }
    }
}
