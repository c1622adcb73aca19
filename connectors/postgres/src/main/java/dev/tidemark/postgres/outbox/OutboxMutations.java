package dev.tidemark.postgres.outbox;

import dev.tidemark.connector.PlacedMutation;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import java.util.Map;

/** Rows as mutations: the local seq of a row is its id, so that reading it again gives the same origin. */
final class OutboxMutations {
    /** Member of a source offset: the id up to which rows are delivered. */
    static final String ID = "id";

    private OutboxMutations() {}

    /** @throws IllegalArgumentException of a row that is none, with why */
    static PlacedMutation of(OutboxRow row) {
        List<Op> ops = OpsText.parse(row.ops());
        boolean fansOut = ops.stream().anyMatch(Op.ApplyWhere.class::isInstance);
        if (fansOut && ops.size() > 1) throw new IllegalArgumentException("an apply_where stands alone in its row");
        Mutation mutation = new Mutation(
                row.id(),
                fansOut ? null : row.entity(),
                fansOut ? null : row.entityKey(),
                row.creates(),
                null,
                row.writtenAt().toString(),
                ops);
        return new PlacedMutation(mutation, position(row.id()));
    }

    static Map<String, Long> position(long id) {
        return Map.of(ID, id);
    }

    /** Of a source's offsets: another incarnation or project begins at the start. */
    static Map<String, String> partition(ReplicaId replica) {
        return Map.of("project", replica.project(), "source", replica.replica(), "incarnation", replica.incarnation());
    }
}
