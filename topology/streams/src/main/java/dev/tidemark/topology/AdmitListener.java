package dev.tidemark.topology;

import dev.tidemark.algebra.AdmitDecision;

/** What Admit does, for metrics. Called by stream threads, before the commit; must be quick and must not throw. */
public interface AdmitListener {
    /** @param latencyMs from the append of the batch to its decision */
    default void onBatch(AdmitDecision decision, long latencyMs) {}

    /** @param reason of {@code tm-dead-reason} */
    default void onDeadLetter(String topic, String reason) {}

    default void onForwarded(String project) {}

    /** Listens to nothing. */
    AdmitListener NONE = new AdmitListener() {};
}
