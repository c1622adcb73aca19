package dev.tidemark.algebra.client;

import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.Ops;
import dev.tidemark.algebra.Query;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Op;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What the app sees: the base, overlaid with the outbox in local seq order. Ops that would be rejected change nothing. */
final class Overlay {
    private static final Comparator<EntityId> BY_ENTITY_AND_KEY =
            Comparator.comparing(EntityId::entity).thenComparing(EntityId::key);

    private final Base base;
    private final List<Layer> layers;

    Overlay(Base base, Collection<Pending> outbox) {
        this.base = base;
        this.layers = outbox.stream().map(Layer::of).toList();
    }

    /** Live entities, by entity and key. */
    Map<EntityId, Image> view(String project) {
        Set<EntityId> ids = new LinkedHashSet<>(base.rows().keySet());
        for (Layer layer : layers)
            if (layer.query() == null) ids.add(layer.pending().entityId(project));
        Map<EntityId, Image> view = new TreeMap<>(BY_ENTITY_AND_KEY);
        for (EntityId id : ids) {
            Image image = imageOf(id);
            if (image != null) view.put(id, image);
        }
        return view;
    }

    @Nullable
    Image imageOf(EntityId id) {
        BaseRow row = base.row(id);
        @Nullable Image image = row == null ? null : row.image();
        for (Layer layer : layers) if (layer.concerns(id, row, image)) image = layer.over(image);
        return image;
    }

    /** A mutation of the outbox; the query is that of an apply_where. */
    private record Layer(Pending pending, @Nullable Query query) {
        static Layer of(Pending pending) {
            Op.ApplyWhere where = pending.applyWhere();
            return new Layer(pending, where == null ? null : Query.parse(where.query()));
        }

        boolean concerns(EntityId id, @Nullable BaseRow row, @Nullable Image image) {
            Op.ApplyWhere where = pending.applyWhere();
            if (where == null) return pending.addresses(id);
            if (image == null || !where.entity().equals(id.entity())) return false;
            return !isIn(row) && query != null && query.matches(image);
        }

        /** An apply_where stays until the cursor is past it, but is never laid over a row that reflects it already. */
        private boolean isIn(@Nullable BaseRow row) {
            return row != null && pending.isSettledBy(row.place());
        }

        @Nullable
        Image over(@Nullable Image image) {
            Op.ApplyWhere where = pending.applyWhere();
            List<Op> ops = where == null ? pending.mutation().ops() : where.ops();
            return Ops.apply(ops, pending.mutation().create(), image).after();
        }
    }
}
