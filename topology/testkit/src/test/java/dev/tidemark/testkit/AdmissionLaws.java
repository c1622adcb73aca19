package dev.tidemark.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.EntityId;
import dev.tidemark.model.MutationBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Admission decides exactly what the reference model does: every outcome, every record, every byte of its meta. */
class AdmissionLaws {
    @Property(tries = 1000)
    void decidesWhatTheReferenceModelDecides(@ForAll("anyBatches") List<MutationBatch> batches) {
        SideBySide both = new SideBySide();
        batches.forEach(both::push);
    }

    @Property(tries = 1000)
    void aVersionNeverGoesBackWhereDeletedEntitiesAreForgotten(
            @ForAll("anyBatches") List<MutationBatch> batches, @ForAll long seed) {
        Random random = new Random(seed);
        SideBySide both = new SideBySide();
        for (MutationBatch batch : batches) {
            both.push(batch);
            if (random.nextInt(3) == 0) both.prune();
        }
        assertVersionsRise(both.log());
    }

    @Provide
    Arbitrary<List<MutationBatch>> anyBatches() {
        return Histories.batches(RandomMutations.Mix.EVERYTHING);
    }

    private static void assertVersionsRise(List<LogRecord> log) {
        Map<EntityId, Long> last = new HashMap<>();
        for (LogRecord record : log) {
            long version = record.change().meta().version();
            assertThat(version).isGreaterThan(last.getOrDefault(record.id(), 0L));
            last.put(record.id(), version);
        }
    }
}
