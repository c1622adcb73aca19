package dev.tidemark.testkit;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** The ways in which one replica's mutations may arrive. The same random gives the same batches. */
public final class RandomBatches {
    private final Random random;

    public RandomBatches(Random random) {
        this.random = random;
    }

    /** Each mutation once, in order, in batches of random sizes. */
    public List<MutationBatch> split(ReplicaId replica, List<Mutation> mutations) {
        List<MutationBatch> batches = new ArrayList<>();
        for (int from = 0; from < mutations.size(); ) {
            int to = from + 1 + random.nextInt(Math.min(6, mutations.size() - from));
            batches.add(batch(replica, mutations.subList(from, to)));
            from = to;
        }
        return batches;
    }

    /**
     * Every mutation at least once, the first time in order; before, between and after that anything that was already sent, cut
     * anew: re-sends, overlaps, late copies.
     */
    public List<MutationBatch> resent(ReplicaId replica, List<Mutation> mutations) {
        List<MutationBatch> batches = new ArrayList<>();
        for (int sent = 0; sent < mutations.size(); ) {
            int from = random.nextInt(sent + 1);
            int reach = random.nextInt(4) == 0 ? sent : Math.min(mutations.size(), sent + 1 + random.nextInt(4));
            if (reach <= from) continue;
            batches.add(batch(replica, mutations.subList(from, reach)));
            sent = Math.max(sent, reach);
        }
        return batches;
    }

    /** Any of the mutations, some left out, with any {@code acked_through} and {@code follows}: what a broken replica may send. */
    public MutationBatch wild(ReplicaId replica, List<Mutation> mutations) {
        List<Mutation> some = new ArrayList<>();
        int from = random.nextInt(mutations.size());
        for (int i = from; i < mutations.size() && some.size() < 5; i++)
            if (random.nextInt(4) > 0) some.add(mutations.get(i));
        if (some.isEmpty()) some.add(mutations.get(from));
        return new MutationBatch(replica, seldom(mutations), seldom(mutations), some);
    }

    private @Nullable Long seldom(List<Mutation> mutations) {
        if (random.nextInt(6) > 0) return null;
        return mutations.get(random.nextInt(mutations.size())).localSeq();
    }

    private static MutationBatch batch(ReplicaId replica, List<Mutation> mutations) {
        return new MutationBatch(replica, null, null, mutations);
    }
}
