package dev.tidemark.testkit;

import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.Cursor;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;

/** A reader that pages until there is no more. */
final class Pages {
    private Pages() {}

    static List<PageRules.Page<ChangeIndex.Row>> all(ChangeIndex index, Cursor from, IntSupplier rowsMax) {
        List<PageRules.Page<ChangeIndex.Row>> pages = new ArrayList<>();
        Cursor cursor = from;
        do {
            pages.add(index.page(cursor, rowsMax.getAsInt(), Set.of()));
            cursor = pages.get(pages.size() - 1).cursor();
        } while (pages.get(pages.size() - 1).hasMore());
        return pages;
    }
}
