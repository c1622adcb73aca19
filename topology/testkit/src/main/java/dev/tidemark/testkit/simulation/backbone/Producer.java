package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.model.MutationBatch;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.ground.Simplification;
import org.jspecify.annotations.Nullable;

/**
 * Writes batches to their topic. The broker stamps them with its own time; where that is simplified away, with the time of whoever
 * made them, and one of them has a clock that is wrong by years.
 */
final class Producer {
    /** Its clock says 1970. */
    private static final String WRONG_CLOCK = "r1";

    private final Ground ground;
    private final Topics topics;

    Producer(Ground ground, Topics topics) {
        this.ground = ground;
        this.topics = topics;
    }

    void produce(MutationBatch batch, @Nullable String requestId) {
        topics.arrivals().append(new Arrival.Batch(batch, requestId), timeMs(batch));
    }

    private long timeMs(MutationBatch batch) {
        boolean isWrong = ground.simplifies(Simplification.PRODUCER_TIMESTAMPS)
                && batch.replica().replica().equals(WRONG_CLOCK);
        return isWrong ? 0 : ground.clock().nowMs();
    }
}
