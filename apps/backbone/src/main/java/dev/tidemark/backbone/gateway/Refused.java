package dev.tidemark.backbone.gateway;

import dev.tidemark.model.Refusal;
import dev.tidemark.topology.BatchAnswer;

/** Batches that Admit refused whole, as problems. */
final class Refused {
    private Refused() {}

    /** @throws Problem if the batch was refused */
    static void check(BatchAnswer answer) {
        Refusal refusal = answer.refusal();
        if (refusal == null) return;
        throw switch (refusal) {
            case OUT_OF_ORDER ->
                Problem.of(
                        409,
                        refusal.code(),
                        "the mutation that this push follows is undecided; start again at the oldest undecided one");
            case PROJECT_DELETING -> Problem.of(409, refusal.code(), "the project is being deleted");
        };
    }
}
