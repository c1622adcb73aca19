package dev.tidemark.bench.chaos.load;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** The batches of one replica: all ops, some that are rejected, on entities that all replicas of the project change. */
final class Mix {
    static final String TYPE = "note";

    private static final int ENTITIES = 60;
    private static final int BATCH_MAX = 12;
    private static final int KINDS = 5;
    private static final int MEMBERS = 6;
    private static final double FAN_OUTS = 0.03;

    private final SplittableRandom random;
    private long localSeq;

    /** @param seed the same seed, the same batches */
    Mix(long seed) {
        this.random = new SplittableRandom(seed);
    }

    /** Local seqs rise and are not dense. An apply_where has a batch of its own, so that its records tell what it matched. */
    List<Mutation> next() {
        if (random.nextDouble() < FAN_OUTS) return List.of(fanOut());
        List<Mutation> batch = new ArrayList<>();
        int size = 1 + random.nextInt(BATCH_MAX);
        while (batch.size() < size) batch.add(mutation());
        return batch;
    }

    private Mutation fanOut() {
        Op.SetField marked = new Op.SetField("marked", number());
        String query = "kind eq \"" + kind() + "\"";
        return new Mutation(
                nextLocalSeq(), null, null, true, null, null, List.of(new Op.ApplyWhere(TYPE, query, List.of(marked))));
    }

    private Mutation mutation() {
        return Mutation.of(nextLocalSeq(), TYPE, "n" + random.nextInt(ENTITIES), op());
    }

    private Op op() {
        int draw = random.nextInt(100);
        if (draw < 35) return new Op.Put("{\"kind\":\"" + kind() + "\",\"n\":" + number() + "}");
        if (draw < 55) return new Op.SetField("n", number());
        if (draw < 60) return new Op.UnsetField("n");
        if (draw < 75) return new Op.AddMember("tags", member());
        if (draw < 86) return new Op.RemoveMember("tags", member());
        // A scalar is no set: rejected where the entity has a kind.
        if (draw < 89) return new Op.AddMember("kind", member());
        if (draw < 91) return new Op.SetField("kind", "\"" + kind() + "\"");
        return new Op.Delete();
    }

    private long nextLocalSeq() {
        localSeq += 1 + random.nextInt(3);
        return localSeq;
    }

    private String kind() {
        return "k" + random.nextInt(KINDS);
    }

    private String member() {
        return "" + random.nextInt(MEMBERS);
    }

    private String number() {
        return "" + random.nextInt(1_000_000);
    }
}
