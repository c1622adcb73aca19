package dev.tidemark.algebra;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches with defaults: project {@code p}, replica {@code r}, entity type {@code note}, key {@code a}. */
final class Batch {
    static final ReplicaId REPLICA = new ReplicaId("p", "r", "1");

    private @Nullable Long ackedThrough;
    private @Nullable Long follows;
    private final List<Mutation> mutations = new ArrayList<>();

    static Batch of() {
        return new Batch();
    }

    /** A put of its own local seq for each. */
    static Batch of(long... localSeqs) {
        Batch batch = new Batch();
        for (long localSeq : localSeqs) batch.put(localSeq, "{\"n\":" + localSeq + "}");
        return batch;
    }

    Batch ackedThrough(long localSeq) {
        ackedThrough = localSeq;
        return this;
    }

    Batch follows(long localSeq) {
        follows = localSeq;
        return this;
    }

    Batch put(long localSeq, String payload) {
        return on(localSeq, "a", new Op.Put(payload));
    }

    Batch set(long localSeq, String field, String value) {
        return on(localSeq, "a", new Op.SetField(field, value));
    }

    Batch delete(long localSeq) {
        return on(localSeq, "a", new Op.Delete());
    }

    Batch on(long localSeq, String key, Op... ops) {
        mutations.add(Mutation.of(localSeq, "note", key, ops));
        return this;
    }

    /** A put that is applied only to that version. */
    Batch putAt(long localSeq, long baseVersion, String payload) {
        mutations.add(new Mutation(localSeq, "note", "a", true, baseVersion, null, List.of(new Op.Put(payload))));
        return this;
    }

    Batch add(Mutation mutation) {
        mutations.add(mutation);
        return this;
    }

    Batch applyWhere(long localSeq, String query, Op... ops) {
        Op where = new Op.ApplyWhere("note", query, List.of(ops));
        return add(new Mutation(localSeq, null, null, true, null, null, List.of(where)));
    }

    MutationBatch batch() {
        return new MutationBatch(REPLICA, ackedThrough, follows, mutations);
    }
}
