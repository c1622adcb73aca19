package dev.tidemark.testkit.simulation.party;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.RandomMutations;
import dev.tidemark.testkit.simulation.backbone.Backbone;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.watch.LogWatch;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A source that reads an outside system and produces straight to the topic: folded ops on rows of its own, and now and then an
 * apply_where on what the replicas write. It never says what it will not send again. After a break it starts at its oldest
 * undecided mutation or before; without one, each batch follows the one before.
 */
public final class SimulatedSource {
    private static final int PERCENT = 100;
    private static final int FAN_OUT_PERCENT = 50;
    private static final int BATCH_MAX = 3;
    private static final int BATCH_AGAIN_MAX = 8;
    private static final List<String> TYPES = List.of("note", "tag");
    private static final List<String> KEYS = List.of("1", "2");
    private static final List<String> MEMBERS = List.of("1", "2");

    private final ReplicaId id = new ReplicaId(Ground.PROJECT, "source", "0");
    private final Backbone backbone;
    private final LogWatch watch;
    private final SourceFold fold;
    /** In local seq order, from 1 on. */
    private final List<Mutation> made = new ArrayList<>();

    public SimulatedSource(Backbone backbone, LogWatch watch, Simplification simplification) {
        this.backbone = backbone;
        this.watch = watch;
        this.fold = new SourceFold(simplification);
    }

    public ReplicaId id() {
        return id;
    }

    /** Something happened in the outside system. */
    public void goOn(Random dice) {
        Long follows = made.isEmpty() ? null : made.get(made.size() - 1).localSeq();
        int first = made.size();
        if (dice.nextInt(PERCENT) < FAN_OUT_PERCENT) made.add(fanOut(dice));
        else for (int i = 1 + dice.nextInt(BATCH_MAX); i > 0; i--) made.add(folded(dice));
        backbone.produce(new MutationBatch(id, null, follows, List.copyOf(made.subList(first, made.size()))));
    }

    /** Begins again after a break, as far back as it likes, and gets as far as it gets. */
    public void startAgain(Random dice) {
        if (made.isEmpty()) return;
        int from = dice.nextInt(Math.min(oldestUndecided(), made.size() - 1) + 1);
        int to = Math.min(made.size(), from + 1 + dice.nextInt(BATCH_AGAIN_MAX));
        backbone.produce(new MutationBatch(id, null, null, List.copyOf(made.subList(from, to))));
    }

    /** Sends all that is not decided. */
    public void finish() {
        for (int from = oldestUndecided(); from < made.size(); from += BATCH_MAX)
            backbone.produce(new MutationBatch(
                    id, null, null, List.copyOf(made.subList(from, Math.min(made.size(), from + BATCH_MAX)))));
    }

    public boolean isDone() {
        return oldestUndecided() == made.size();
    }

    private int oldestUndecided() {
        for (int i = 0; i < made.size(); i++)
            if (watch.log().outcome(id.origin(made.get(i).localSeq())).isEmpty()) return i;
        return made.size();
    }

    /** Any one, or one that matches much and moves what it matches. */
    private Mutation fanOut(Random dice) {
        long localSeq = made.size() + 1L;
        if (dice.nextBoolean()) return new RandomMutations(dice, new RandomMutations.Mix(PERCENT, 0, 0)).next(localSeq);
        String type = TYPES.get(dice.nextInt(TYPES.size()));
        String value = MEMBERS.get(dice.nextInt(MEMBERS.size()));
        Op op = new Op.ApplyWhere(type, "f in [null, 1, 2]", List.of(new Op.SetField("f", value)));
        return new Mutation(localSeq, type, null, true, null, null, List.of(op));
    }

    private Mutation folded(Random dice) {
        String key = KEYS.get(dice.nextInt(KEYS.size()));
        List<Op> ops = new ArrayList<>();
        for (int i = 1 + dice.nextInt(4); i > 0; i--) ops.add(op(dice));
        Mutation unfolded = Mutation.of(made.size() + 1L, "row", key, ops.toArray(Op[]::new));
        Mutation folded =
                Mutation.of(unfolded.localSeq(), "row", key, fold.fold(ops).toArray(Op[]::new));
        watch.mean(id.origin(folded.localSeq()), unfolded);
        return folded;
    }

    private static Op op(Random dice) {
        String member = MEMBERS.get(dice.nextInt(MEMBERS.size()));
        return switch (dice.nextInt(10)) {
            case 0 -> new Op.Delete();
            case 1, 2 -> new Op.SetField("f", member);
            case 3 -> new Op.UnsetField("f");
            case 4, 5, 6 -> new Op.AddMember(SourceFold.SET_FIELD, member);
            default -> new Op.RemoveMember(SourceFold.SET_FIELD, member);
        };
    }
}
