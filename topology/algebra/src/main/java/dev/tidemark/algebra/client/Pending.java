package dev.tidemark.algebra.client;

import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A mutation of the outbox, canonical, with how far it has come. */
public record Pending(Mutation mutation, Stage stage) {
    public long localSeq() {
        return mutation.localSeq();
    }

    Pending as(Stage next) {
        return new Pending(mutation, next);
    }

    /** The op, if the mutation is an apply_where. */
    Op.@Nullable ApplyWhere applyWhere() {
        return mutation.ops().get(0) instanceof Op.ApplyWhere where ? where : null;
    }

    /** @throws NullPointerException if it is an apply_where, which addresses no entity */
    EntityId entityId(String project) {
        return new EntityId(project, Objects.requireNonNull(mutation.entity()), Objects.requireNonNull(mutation.key()));
    }

    /** Whether it addresses the entity by its key; an apply_where addresses none. */
    boolean addresses(EntityId id) {
        return id.entity().equals(mutation.entity()) && id.key().equals(mutation.key());
    }

    /** Whether it is settled at or below the place. */
    boolean isSettledBy(Place place) {
        return stage instanceof Stage.Settled settled && place.reaches(settled.place());
    }
}
