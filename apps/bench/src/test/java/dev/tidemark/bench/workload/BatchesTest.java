package dev.tidemark.bench.workload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topic.Partitions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BatchesTest {
    private final Edits edits = new Edits(new Shape(1, 6, 2, 2_000, 10));
    private final Batches batches = new Batches(List.of("a", "b"));

    @Test
    void localSeqsOfAReplicaHaveNoGap() {
        Map<ReplicaId, Long> next = new HashMap<>();
        for (int chunk = 0; chunk < 100; chunk++) {
            MutationBatch batch = batches.of(edits.chunk(chunk));

            assertThat(batch.firstLocalSeq()).isEqualTo(next.getOrDefault(batch.replica(), 0L));
            next.put(batch.replica(), batch.lastLocalSeq() + 1);
        }
        assertThat(next).hasSizeGreaterThan(2);
    }

    @Test
    void acknowledgesOnlyWhatIsSomeBatchesOld() {
        for (int chunk = 0; chunk < 400; chunk++) {
            MutationBatch batch = batches.of(edits.chunk(chunk));
            Long acked = batch.ackedThrough();
            if (acked != null) assertThat(acked).isEqualTo(batch.firstLocalSeq() - 1 - 30);
            else assertThat(batch.firstLocalSeq()).isLessThanOrEqualTo(30);
        }
    }

    @Test
    void projectsFallOnDifferentPartitionsWhileThereAreSome() {
        List<String> names = ProjectNames.spread(8, 6);

        assertThat(names.stream().limit(6).map(each -> Partitions.of(each, 6))).containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(names).hasSize(8).doesNotHaveDuplicates();
    }
}
