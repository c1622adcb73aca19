package dev.tidemark.testkit;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** L10 as something to check: what an apply_where must do to a state, worked out entity by entity. */
public final class FanOutLaw {
    private FanOutLaw() {}

    /**
     * @param images canonical, of the live entities at its place
     * @return every entity that it changes, with its image afterwards; empty: deleted
     */
    public static Map<EntityId, Optional<String>> effects(Mutation mutation, Map<EntityId, String> images) {
        Op.ApplyWhere where = (Op.ApplyWhere) mutation.ops().get(0);
        Map<EntityId, Optional<String>> effects = new HashMap<>();
        images.forEach((id, image) -> {
            if (!id.entity().equals(where.entity())) return;
            Map<String, String> before = new TreeMap<>(CanonicalJson.members(image));
            if (!ReferenceRules.matches(where.query(), before)) return;
            Map<String, String> after = applied(mutation, where, before);
            if (!Objects.equals(before, after)) effects.put(id, Optional.ofNullable(ReferenceEntity.image(after)));
        });
        return effects;
    }

    private static @Nullable Map<String, String> applied(
            Mutation mutation, Op.ApplyWhere where, Map<String, String> before) {
        try {
            return ReferenceOps.apply(where.ops(), mutation.create(), before);
        } catch (ReferenceOps.Rejected e) {
            return before;
        }
    }
}
