package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Policy;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** L10 Fan-out: apply_where changes exactly the entities that match in the state at its place. */
class L10FanOutLaws {
    private static final int NO_LIMIT = 100_000;

    @Property
    void withoutAnIndexItChangesWhatMatches(@ForAll("batches") List<MutationBatch> batches) {
        assertSameAsReference(batches, Policy.DEFAULT, NO_LIMIT, NO_LIMIT);
    }

    @Property
    void withAnIndexItChangesWhatMatches(@ForAll("batches") List<MutationBatch> batches) {
        Policy policy = filterable(Map.of("note", List.of("f", "tags"), "tag", List.of("g")));
        assertSameAsReference(batches, policy, NO_LIMIT, NO_LIMIT);
    }

    @Property
    void overTheLimitItChangesNothing(@ForAll("batches") List<MutationBatch> batches) {
        assertSameAsReference(batches, Policy.DEFAULT, 1, NO_LIMIT);
    }

    @Property
    void aScanOverTheLimitChangesNothing(@ForAll("batches") List<MutationBatch> batches) {
        assertSameAsReference(oneByOne(batches), Policy.DEFAULT, NO_LIMIT, 1);
    }

    @Provide
    Arbitrary<List<MutationBatch>> batches() {
        return Histories.newBatches(new RandomMutations.Mix(30, 0, 4));
    }

    private static void assertSameAsReference(List<MutationBatch> batches, Policy policy, int fanOutMax, int scanMax) {
        Committed committed = new Committed(
                policy, new AdmitLimits(AdmitLimits.DEFAULT.recordBytesMax(), fanOutMax, scanMax, NO_LIMIT, NO_LIMIT));
        ReferenceModel reference = new ReferenceModel(
                new ReferenceModel.Settings(Histories.PROJECT, new Epoch(1), policy, fanOutMax, scanMax),
                new Random(1));
        for (MutationBatch batch : batches) {
            BatchOutcome answer = committed.push(batch);
            assertThat(answer.outcomes()).isEqualTo(reference.push(batch).outcomes());
        }
        assertThat(committed.log().stream().map(LogRecord::change).toList())
                .isEqualTo(reference.log().stream().map(LogRecord::change).toList());
    }

    private static List<MutationBatch> oneByOne(List<MutationBatch> batches) {
        return batches.stream()
                .flatMap(batch -> batch.mutations().stream()
                        .map(mutation -> new MutationBatch(batch.replica(), null, null, List.of(mutation))))
                .toList();
    }

    private static Policy filterable(Map<String, List<String>> fields) {
        TreeMap<String, SortedSet<String>> sorted = new TreeMap<>();
        fields.forEach((type, names) -> sorted.put(type, new TreeSet<>(names)));
        return new Policy(false, sorted);
    }
}
