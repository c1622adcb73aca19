package dev.tidemark.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ops on one entity, applied together or not at all.
 *
 * @param localSeq 0 or more
 * @param entity entity type; null only where the op is an apply_where, which names its own
 * @param key entity key; null where the op is an apply_where
 * @param create false: the ops do not create an entity that is not there
 * @param baseVersion applied only if the entity's running version equals this; null: always
 * @param occurredAt RFC 3339 time at the producer; carried, never used for order
 */
public record Mutation(
        long localSeq,
        @Nullable String entity,
        @Nullable String key,
        boolean create,
        @Nullable Long baseVersion,
        @Nullable String occurredAt,
        List<Op> ops) {
    public Mutation {
        ops = List.copyOf(ops);
    }

    /** A mutation of one entity with the defaults filled in. */
    public static Mutation of(long localSeq, String entity, String key, Op... ops) {
        return new Mutation(localSeq, entity, key, true, null, null, List.of(ops));
    }
}
