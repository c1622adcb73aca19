package dev.tidemark.testkit;

import dev.tidemark.model.Cursor;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Origin;
import java.util.List;

/** The unified cursor of one replica, by the letter of semantics section 5. */
public final class ReferenceTarget {
    private final String replica;
    private final String incarnation;
    private Cursor unified;

    /** @param earliest before every record */
    public ReferenceTarget(String replica, String incarnation, Cursor earliest) {
        this.replica = replica;
        this.incarnation = incarnation;
        this.unified = earliest;
    }

    public Cursor unified() {
        return unified;
    }

    /** Rule A, then rule B. */
    public void ack(Cursor cursor, List<LogRecord> log) {
        boolean samePlace = cursor.seq().value() == unified.seq().value();
        if (cursor.seq().value() > unified.seq().value() || (samePlace && cursor.complete())) unified = cursor;
        passOwn(log);
    }

    /** Rule B, after an ack or a record. */
    public void passOwn(List<LogRecord> log) {
        unified = passedOwn(unified, log);
    }

    private Cursor passedOwn(Cursor from, List<LogRecord> log) {
        Cursor at = from;
        for (LogRecord record : log) {
            boolean next = record.ordinal().value() == at.ordinal().value() + 1;
            if (!next || !at.complete() || !isOwn(record.logged())) continue;
            at = new Cursor(
                    at.project(), at.epoch(), record.seq(), record.ordinal(), true, at.floor(), at.filterHash());
        }
        return at;
    }

    private boolean isOwn(LoggedRecord record) {
        for (Origin origin : record.origins())
            if (!origin.replica().equals(replica) || !origin.incarnation().equals(incarnation)) return false;
        return !record.applyWhere();
    }
}
