package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.Cursor;
import dev.tidemark.topology.store.ChangeRow;
import java.util.Collection;

/** What pulls are served from. Thread-safe; every method may throw {@code NotServed}. */
public interface ChangeSource {
    /** Where a reader without a cursor begins. */
    Cursor beginning(String project, Collection<String> entities);

    /**
     * The next page behind a cursor.
     *
     * @param entities types shown; empty: all. The cursor must have been cut with the same
     * @throws dev.tidemark.topology.query.CursorUnusable if the cursor cannot be honoured
     */
    PageRules.Page<ChangeRow> page(String project, Cursor cursor, Collection<String> entities, PageRules.Limits limits);

    /** @throws dev.tidemark.topology.query.CursorUnusable as for a page */
    void check(String project, Cursor cursor, Collection<String> entities);
}
