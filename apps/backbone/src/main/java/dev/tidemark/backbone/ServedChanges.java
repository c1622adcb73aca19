package dev.tidemark.backbone;

import dev.tidemark.algebra.PageRules;
import dev.tidemark.backbone.gateway.ChangeSource;
import dev.tidemark.model.Cursor;
import dev.tidemark.topology.query.ChangeReader;
import dev.tidemark.topology.store.ChangeRow;
import java.util.Collection;

/** Pulls, served from the Materialize stores of this process. */
record ServedChanges(ChangeReader reader) implements ChangeSource {
    @Override
    public Cursor beginning(String project, Collection<String> entities) {
        return reader.beginning(project, entities);
    }

    @Override
    public PageRules.Page<ChangeRow> page(
            String project, Cursor cursor, Collection<String> entities, PageRules.Limits limits) {
        return reader.page(project, cursor, entities, limits);
    }

    @Override
    public void check(String project, Cursor cursor, Collection<String> entities) {
        reader.check(project, cursor, entities);
    }
}
