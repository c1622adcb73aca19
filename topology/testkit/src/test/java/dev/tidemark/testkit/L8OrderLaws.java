package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Refusal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** L8 Order: one replica's mutations take effect in the order pushed; one entity's records are in log order everywhere. */
class L8OrderLaws {
    @Property
    void mutationsOfManyReplicasTakeEffectInTheOrderOfFirstArrival(
            @ForAll("plain") List<Mutation> ofOne, @ForAll("plain") List<Mutation> ofOther, @ForAll long seed) {
        RandomBatches batches = new RandomBatches(new Random(seed));
        List<MutationBatch> arrivals = interleaved(
                batches.resent(Histories.replica(0), ofOne), batches.resent(Histories.replica(1), ofOther), seed);
        assertThat(Committed.of(arrivals).images()).isEqualTo(firstArrivalsOneByOne(arrivals));
    }

    @Property
    void aBatchThatOvertakesTheOneItFollowsIsRefusedAndLeavesNothing(
            @ForAll("plain") List<Mutation> mutations, @ForAll long seed) {
        List<MutationBatch> inOrder = new RandomBatches(new Random(seed)).split(Histories.replica(0), mutations);
        List<MutationBatch> waiting = new ArrayList<>(chained(inOrder));
        Random random = new Random(seed);
        Committed committed = new Committed();
        while (!waiting.isEmpty()) {
            MutationBatch batch = waiting.remove(random.nextInt(waiting.size()));
            int records = committed.log().size();
            BatchOutcome answer = committed.push(batch);
            if (answer.refusal() == null) continue;
            assertThat(answer.refusal()).isEqualTo(Refusal.OUT_OF_ORDER);
            assertThat(committed.log()).hasSize(records);
            waiting.add(batch);
        }
        assertThat(committed.log()).isEqualTo(Committed.of(inOrder).log());
    }

    @Property
    void anEntitysRecordsRiseInVersionAndCarryAReplicasMutationsInOrder(
            @ForAll("batches") List<MutationBatch> batches) {
        Map<EntityId, Long> versions = new HashMap<>();
        Map<EntityId, Map<String, Long>> lastLocalSeqs = new HashMap<>();
        for (LogRecord record : Committed.of(batches).log()) {
            long version = record.change().meta().version();
            assertThat(version).isGreaterThan(versions.getOrDefault(record.id(), 0L));
            versions.put(record.id(), version);
            Map<String, Long> last = lastLocalSeqs.computeIfAbsent(record.id(), id -> new HashMap<>());
            for (Origin origin : record.change().meta().origins()) {
                assertThat(origin.localSeq()).isGreaterThan(last.getOrDefault(origin.replica(), 0L));
                last.put(origin.replica(), origin.localSeq());
            }
        }
    }

    @Property
    void ordinalsAreDense(@ForAll("batches") List<MutationBatch> batches) {
        List<LogRecord> log = Committed.of(batches).log();
        for (int i = 0; i < log.size(); i++)
            assertThat(log.get(i).ordinal().value()).isEqualTo(i + 1);
    }

    /** No base_version: how a batch is cut decides which versions there were. */
    @Provide
    Arbitrary<List<Mutation>> plain() {
        return Histories.mutations(new RandomMutations.Mix(6, 0, 4), 20);
    }

    @Provide
    Arbitrary<List<MutationBatch>> batches() {
        return Histories.newBatches(RandomMutations.Mix.EVERYTHING);
    }

    private static List<MutationBatch> interleaved(List<MutationBatch> a, List<MutationBatch> b, long seed) {
        Random random = new Random(seed);
        List<MutationBatch> first = new ArrayList<>(a);
        List<MutationBatch> second = new ArrayList<>(b);
        List<MutationBatch> all = new ArrayList<>();
        while (!first.isEmpty() || !second.isEmpty()) {
            boolean fromFirst = second.isEmpty() || (!first.isEmpty() && random.nextBoolean());
            all.add((fromFirst ? first : second).remove(0));
        }
        return all;
    }

    private static Map<EntityId, String> firstArrivalsOneByOne(List<MutationBatch> arrivals) {
        ReferenceModel reference = new ReferenceModel(ReferenceModel.Settings.of(Histories.PROJECT), new Random(1));
        Set<Origin> arrived = new HashSet<>();
        for (MutationBatch batch : arrivals)
            for (Mutation mutation : batch.mutations())
                if (arrived.add(batch.replica().origin(mutation.localSeq())))
                    reference.push(new MutationBatch(batch.replica(), null, null, List.of(mutation)));
        return reference.images();
    }

    private static List<MutationBatch> chained(List<MutationBatch> batches) {
        List<MutationBatch> chained = new ArrayList<>();
        Long previous = null;
        for (MutationBatch batch : batches) {
            chained.add(new MutationBatch(batch.replica(), null, previous, batch.mutations()));
            previous = batch.lastLocalSeq();
        }
        return chained;
    }
}
