package dev.tidemark.connector;

import org.jspecify.annotations.Nullable;

/**
 * The local seq at or below which a source task will never send anything again: that of its committed source offset. Connect does
 * not say which offset a commit had; what was received before the commit before it began, it had. Thread-safe.
 */
public final class AckedThrough {
    private long received;
    private long receivedBefore;
    private long committed;

    /** @param committed local seq of the source offset that the task starts from; -1: none */
    public AckedThrough(long committed) {
        this.committed = committed;
        this.receivedBefore = committed;
        this.received = committed;
    }

    /** Kafka has everything up to that local seq. */
    public synchronized void received(long localSeq) {
        received = Math.max(received, localSeq);
    }

    /** Source offsets were committed. */
    public synchronized void committed() {
        committed = receivedBefore;
        receivedBefore = received;
    }

    /** Null: nothing is committed yet. */
    public synchronized @Nullable Long get() {
        return committed < 0 ? null : committed;
    }
}
