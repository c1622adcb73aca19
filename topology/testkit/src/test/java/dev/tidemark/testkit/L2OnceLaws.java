package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** L2 Once: whatever is re-sent, re-split or overlaps, each origin takes effect once and has one outcome. */
class L2OnceLaws {
    private static final ReplicaId REPLICA = Histories.replica(0);

    @Property
    void reSentMutationsLeaveTheImagesOfThoseSentOnce(@ForAll("plain") List<Mutation> mutations, @ForAll long seed) {
        List<MutationBatch> once = new RandomBatches(new Random(seed)).split(REPLICA, mutations);
        List<MutationBatch> resent = new RandomBatches(new Random(seed + 1)).resent(REPLICA, mutations);
        assertThat(Committed.of(resent).images()).isEqualTo(Committed.of(once).images());
    }

    @Property
    void reSentMutationsAreAnsweredAsTheFirstTime(@ForAll("everything") List<Mutation> mutations, @ForAll long seed) {
        List<MutationBatch> resent = new RandomBatches(new Random(seed)).resent(REPLICA, mutations);
        Map<Long, Outcome> first = new HashMap<>();
        for (BatchOutcome answer : Committed.of(resent).answers())
            for (Outcome outcome : answer.outcomes()) assertSameAsFirst(outcome, first);
        assertThat(first).hasSize(mutations.size());
    }

    @Property
    void aReSentBatchWritesNothing(@ForAll("everything") List<Mutation> mutations, @ForAll long seed) {
        Committed committed = Committed.of(new RandomBatches(new Random(seed)).split(REPLICA, mutations));
        int records = committed.log().size();
        new RandomBatches(new Random(seed + 1)).resent(REPLICA, mutations).forEach(committed::push);
        assertThat(committed.log()).hasSize(records);
    }

    @Property
    void everyOriginIsCarriedByItsOwnRecordsOnly(@ForAll("anyBatches") List<MutationBatch> batches) {
        Map<Origin, List<LogRecord>> carriers = new HashMap<>();
        Committed committed = Committed.of(batches);
        for (LogRecord record : committed.log())
            for (Origin origin : record.change().meta().origins())
                carriers.computeIfAbsent(origin, each -> new ArrayList<>()).add(record);
        for (BatchOutcome answer : committed.answers())
            for (Outcome outcome : answer.outcomes())
                assertCarried(outcome, carriers.getOrDefault(answer.replica().origin(outcome.localSeq()), List.of()));
    }

    @Property
    void aLocalSeqUsedTwiceIsAConflictAndLeavesTheFirstOutcome(
            @ForAll("everything") List<Mutation> mutations, @ForAll("everything") List<Mutation> others) {
        Committed committed = Committed.of(List.of(new MutationBatch(REPLICA, null, null, mutations)));
        List<Outcome> first = committed.answers().get(0).outcomes();
        BatchOutcome reused = committed.push(new MutationBatch(REPLICA, null, null, others));
        for (int i = 0; i < Math.min(mutations.size(), others.size()); i++) {
            boolean same = ReferenceRules.body(mutations.get(i)).equals(ReferenceRules.body(others.get(i)));
            Outcome answer = reused.outcomes().get(i);
            if (same) assertThat(answer).isEqualTo(first.get(i).asDuplicate());
            else assertThat(answer.reason()).isEqualTo(Reason.ORIGIN_REUSED);
        }
        BatchOutcome again = committed.push(new MutationBatch(REPLICA, null, null, mutations));
        assertThat(again.outcomes())
                .isEqualTo(first.stream().map(Outcome::asDuplicate).toList());
    }

    /** No base_version: how a batch is cut decides which versions there were. */
    @Provide
    Arbitrary<List<Mutation>> plain() {
        return Histories.mutations(new RandomMutations.Mix(6, 0, 4), 30);
    }

    @Provide
    Arbitrary<List<Mutation>> everything() {
        return Histories.mutations(RandomMutations.Mix.EVERYTHING, 30);
    }

    @Provide
    Arbitrary<List<MutationBatch>> anyBatches() {
        return Histories.batches(RandomMutations.Mix.EVERYTHING);
    }

    private static void assertSameAsFirst(Outcome outcome, Map<Long, Outcome> first) {
        Outcome before = first.putIfAbsent(outcome.localSeq(), outcome);
        if (before == null) assertThat(outcome.duplicate()).isFalse();
        else assertThat(outcome).isEqualTo(before.asDuplicate());
    }

    /** Accepted: by the records its outcome names, and no others. Anything else: by none, unless it was decided otherwise before. */
    private static void assertCarried(Outcome outcome, List<LogRecord> carriers) {
        if (outcome.reason() == Reason.ORIGIN_REUSED || outcome.reason() == Reason.BELOW_WINDOW) return;
        if (outcome.kind() != Outcome.Kind.ACCEPTED) {
            assertThat(carriers).isEmpty();
            return;
        }
        List<Long> ordinals =
                carriers.stream().map(record -> record.ordinal().value()).toList();
        List<Long> named = new ArrayList<>();
        for (long at = outcome.firstOrdinal().value(); at <= outcome.ordinal().value(); at++) named.add(at);
        assertThat(ordinals).isEqualTo(named);
    }
}
