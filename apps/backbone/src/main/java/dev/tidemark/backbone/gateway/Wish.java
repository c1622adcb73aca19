package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.Cursor;
import dev.tidemark.topology.store.ChangeRow;
import java.time.Duration;
import java.util.List;

/**
 * What a reader asked for.
 *
 * @param entities types shown; empty: all
 * @param limit most rows of a page
 * @param patience how long to wait for a first row
 */
record Wish(String project, Cursor cursor, List<String> entities, int limit, Duration patience) {
    /** Rows looked at for one row shown, where an entity filter hides the others. */
    private static final int SCANNED_PER_ROW = 50;

    /** The same, from where a page of it ended. */
    Wish after(PageRules.Page<ChangeRow> page) {
        return new Wish(project, page.cursor(), entities, limit, patience);
    }

    Wish withoutPatience() {
        return new Wish(project, cursor, entities, limit, Duration.ZERO);
    }

    PageRules.Page<ChangeRow> read(ChangeSource changes, long bytesMax) {
        int scannedMax = entities.isEmpty() ? limit + 1 : limit * SCANNED_PER_ROW;
        return changes.page(project, cursor, entities, new PageRules.Limits(limit, scannedMax, bytesMax));
    }

    byte[] json(PageRules.Page<ChangeRow> page) {
        return PageBytes.of(page, !entities.isEmpty());
    }

    byte[] framed(String before, PageRules.Page<ChangeRow> page, String after) {
        return PageBytes.framed(before, page, !entities.isEmpty(), after);
    }
}
