package dev.tidemark.topology;

import dev.tidemark.algebra.Targets;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;

/**
 * What Materialize has read and decided, for whoever waits for it in this process. Its input is committed, and records and outcomes hang
 * on nothing else, so they may be shown as they are read. Called by stream threads; must be quick and must not throw.
 */
public interface MaterializeListener {
    /** @param committedMs append time of the record, milliseconds since 1970 */
    default void onRecord(LoggedRecord record, Head head, long committedMs) {}

    default void onAnswer(BatchAnswer answer) {}

    /** The answer to whoever sent that event, once it is committed. */
    default void onTargetDecided(String requestId, Targets.Decision decision) {}

    default void onDeadLetter(String topic, String reason) {}

    /** A partition is here; its state may be behind what another process, or this one before, has shown of it. */
    default void onTaken(int partition) {}

    /** Everything that was committed when the partition was taken has been read: it may be served. */
    default void onCaughtUp(int partition) {}

    default void onLeft(int partition) {}

    /** Listens to nothing. */
    MaterializeListener NONE = new MaterializeListener() {};
}
