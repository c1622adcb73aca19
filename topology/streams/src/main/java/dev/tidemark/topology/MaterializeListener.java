package dev.tidemark.topology;

import dev.tidemark.algebra.Targets;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Target;

/**
 * What Materialize has read and decided, for whoever waits for it in this process. Its input is committed, so all of it may be
 * shown. Called by stream threads; must be quick and must not throw.
 */
public interface MaterializeListener {
    /** @param committedMs append time of the record, milliseconds since 1970 */
    default void onRecord(LoggedRecord record, Head head, long committedMs) {}

    default void onAnswer(BatchAnswer answer) {}

    /** The answer to whoever sent that event. */
    default void onTargetDecided(String requestId, Targets.Decision decision) {}

    /** A target moved, by whatever cause. */
    default void onTarget(Target target, Head head) {}

    default void onDeadLetter(String topic, String reason) {}

    /** A partition is here; its state may be behind what another process, or this one before, has shown of it. */
    default void onTaken(int partition) {}

    /** Everything that was committed when the partition was taken has been read: it may be served. */
    default void onCaughtUp(int partition) {}

    default void onLeft(int partition) {}

    /** Listens to nothing. */
    MaterializeListener NONE = new MaterializeListener() {};
}
