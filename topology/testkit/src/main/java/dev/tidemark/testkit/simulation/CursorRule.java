package dev.tidemark.testkit.simulation;

import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.LogRecord;
import java.util.List;

/** How a target's cursor moves by itself. A simulation takes another one to show that it would be found out. */
public interface CursorRule {
    /** @param log every record, so that the one of ordinal n is at n - 1 */
    Cursor extended(ReplicaId target, Cursor stored, List<LogRecord> log);

    /** Rule B of semantics section 5. */
    CursorRule RULE_B = (target, stored, log) -> UnifiedCursor.extended(
            stored,
            target.replica(),
            target.incarnation(),
            ordinal -> ordinal.value() > log.size()
                    ? null
                    : log.get((int) ordinal.value() - 1).logged(),
            null);
}
