package dev.tidemark.topology;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.model.Head;
import dev.tidemark.model.Refusal;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The outcomes of a batch with their seqs, all of them committed (L6).
 *
 * @param requestId of whoever waits; null: nobody does
 * @param refusal nothing was applied; {@code outcomes} is empty
 * @param outcomes in the order of the batch
 */
public record BatchAnswer(
        @Nullable String requestId,
        ReplicaId replica,
        @Nullable Refusal refusal,
        List<MappedOrigin> outcomes,
        Head head) {
    public BatchAnswer {
        outcomes = List.copyOf(outcomes);
    }
}
