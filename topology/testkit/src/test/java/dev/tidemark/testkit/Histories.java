package dev.tidemark.testkit;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Arbitraries of what arrives at Admit. They shrink by leaving batches and mutations out. */
final class Histories {
    static final String PROJECT = "p";

    private Histories() {}

    static ReplicaId replica(int number) {
        return new ReplicaId(PROJECT, "r" + number, "0");
    }

    /** Mutations with local seqs from 1 on. */
    static Arbitrary<List<Mutation>> mutations(RandomMutations.Mix mix, int sizeMax) {
        return drafts(mix).list().ofMinSize(1).ofMaxSize(sizeMax).map(drafts -> numbered(drafts, 1));
    }

    /** Batches of three replicas: new mutations, re-sends cut anew, local seqs used twice, gaps, any floor, any follows. */
    static Arbitrary<List<MutationBatch>> batches(RandomMutations.Mix mix) {
        Arbitrary<Draft> draft = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        drafts(mix).list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.longs())
                .as(Draft::new);
        return draft.list().ofMinSize(1).ofMaxSize(25).map(Histories::batches);
    }

    /** Batches of new mutations only, of three replicas. */
    static Arbitrary<List<MutationBatch>> newBatches(RandomMutations.Mix mix) {
        Arbitrary<Draft> draft = Combinators.combine(
                        Arbitraries.integers().between(0, 2),
                        drafts(mix).list().ofMinSize(1).ofMaxSize(6),
                        Arbitraries.just(Draft.NEW))
                .as(Draft::new);
        return draft.list().ofMinSize(1).ofMaxSize(25).map(Histories::batches);
    }

    private record Draft(int replica, List<Mutation> mutations, long dice) {
        /** Dice that make a batch of new mutations without a gap. */
        static final long NEW = 0;
    }

    private static Arbitrary<Mutation> drafts(RandomMutations.Mix mix) {
        return Arbitraries.randomValue(random -> new RandomMutations(random, mix).next(0));
    }

    private static List<MutationBatch> batches(List<Draft> drafts) {
        Map<Integer, List<Mutation>> sent = new HashMap<>();
        List<MutationBatch> batches = new ArrayList<>();
        for (Draft draft : drafts) {
            List<Mutation> before = sent.computeIfAbsent(draft.replica(), number -> new ArrayList<>());
            batches.add(draft.dice() == Draft.NEW ? fresh(draft, before, 0) : rolled(draft, before));
        }
        return batches;
    }

    private static MutationBatch rolled(Draft draft, List<Mutation> before) {
        Random dice = new Random(draft.dice());
        int way = dice.nextInt(10);
        if (way < 5 || before.isEmpty()) return fresh(draft, before, dice.nextInt(3));
        if (way < 8) return new RandomBatches(dice).wild(replica(draft.replica()), before);
        long from = 1 + dice.nextInt((int) before.get(before.size() - 1).localSeq() + 2);
        return new MutationBatch(replica(draft.replica()), null, null, numbered(draft.mutations(), from));
    }

    private static MutationBatch fresh(Draft draft, List<Mutation> before, int gap) {
        long last = before.isEmpty() ? 0 : before.get(before.size() - 1).localSeq();
        List<Mutation> mutations = numbered(draft.mutations(), last + 1 + gap);
        before.addAll(mutations);
        return new MutationBatch(replica(draft.replica()), null, null, mutations);
    }

    static List<Mutation> numbered(List<Mutation> drafts, long from) {
        List<Mutation> numbered = new ArrayList<>();
        for (Mutation draft : drafts) numbered.add(numbered(draft, from + numbered.size()));
        return numbered;
    }

    private static Mutation numbered(Mutation draft, long localSeq) {
        return new Mutation(
                localSeq,
                draft.entity(),
                draft.key(),
                draft.create(),
                draft.baseVersion(),
                draft.occurredAt(),
                draft.ops());
    }
}
