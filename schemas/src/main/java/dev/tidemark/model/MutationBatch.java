package dev.tidemark.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Mutations of exactly one replica and incarnation, with strictly increasing local seqs.
 *
 * @param ackedThrough the replica will never again send a local seq at or below this; null: it does not say
 * @param follows the replica's previous local seq; the batch is refused while that one is undecided; null: not checked
 */
public record MutationBatch(
        ReplicaId replica,
        @Nullable Long ackedThrough,
        @Nullable Long follows,
        List<Mutation> mutations) {
    /** Most mutations in one batch, so that one dedup row and one outcome stay small. */
    public static final int MUTATIONS_MAX = 1_000;

    /** @throws IllegalArgumentException if empty, over {@link #MUTATIONS_MAX}, or local seqs are negative or do not rise */
    public MutationBatch {
        mutations = List.copyOf(mutations);
        if (mutations.isEmpty()) throw new IllegalArgumentException("a batch has at least one mutation");
        if (mutations.size() > MUTATIONS_MAX) throw new IllegalArgumentException("a batch has at most 1000 mutations");
        long last = -1;
        for (Mutation mutation : mutations) {
            if (mutation.localSeq() <= last)
                throw new IllegalArgumentException("local seqs of a batch rise from 0 on: " + mutation.localSeq());
            last = mutation.localSeq();
        }
    }

    public long firstLocalSeq() {
        return mutations.get(0).localSeq();
    }

    public long lastLocalSeq() {
        return mutations.get(mutations.size() - 1).localSeq();
    }
}
