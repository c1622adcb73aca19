package dev.tidemark.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What Admit decided of one batch. Materialize answers it once its head has reached every ordinal in it.
 *
 * @param requestId of whoever waits for it
 * @param refusal nothing of the batch was applied; {@code outcomes} is empty
 * @param headOrdinal of the project's last record after this batch
 * @param floor the replica's floor after this batch; -1 none
 */
public record BatchOutcome(
        ReplicaId replica,
        Epoch epoch,
        @Nullable String requestId,
        @Nullable Refusal refusal,
        Ordinal headOrdinal,
        long floor,
        List<Outcome> outcomes) {
    public BatchOutcome {
        outcomes = List.copyOf(outcomes);
    }
}
