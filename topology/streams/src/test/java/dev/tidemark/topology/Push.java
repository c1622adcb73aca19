package dev.tidemark.topology;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches with defaults: project {@code p}, replica {@code laptop}, incarnation {@code 1}, entity type {@code note}. */
final class Push {
    static final String PROJECT = "p";
    static final ReplicaId LAPTOP = new ReplicaId(PROJECT, "laptop", "1");
    static final ReplicaId PHONE = new ReplicaId(PROJECT, "phone", "1");

    private ReplicaId replica = LAPTOP;
    private @Nullable Long ackedThrough;
    private @Nullable Long follows;
    private final List<Mutation> mutations = new ArrayList<>();

    static Push push() {
        return new Push();
    }

    static Push from(ReplicaId replica) {
        Push push = new Push();
        push.replica = replica;
        return push;
    }

    Push ackedThrough(long localSeq) {
        ackedThrough = localSeq;
        return this;
    }

    Push follows(long localSeq) {
        follows = localSeq;
        return this;
    }

    Push put(long localSeq, String key, String payload) {
        return add(Mutation.of(localSeq, "note", key, new Op.Put(payload)));
    }

    Push set(long localSeq, String key, String field, String value) {
        return add(Mutation.of(localSeq, "note", key, new Op.SetField(field, value)));
    }

    Push delete(long localSeq, String key) {
        return add(Mutation.of(localSeq, "note", key, new Op.Delete()));
    }

    Push applyWhere(long localSeq, String query, Op... ops) {
        Op where = new Op.ApplyWhere("note", query, List.of(ops));
        return add(new Mutation(localSeq, null, null, true, null, null, List.of(where)));
    }

    Push add(Mutation mutation) {
        mutations.add(mutation);
        return this;
    }

    MutationBatch batch() {
        return new MutationBatch(replica, ackedThrough, follows, mutations);
    }
}
