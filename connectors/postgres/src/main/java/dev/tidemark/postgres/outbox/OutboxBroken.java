package dev.tidemark.postgres.outbox;

import org.apache.kafka.connect.errors.ConnectException;

/** Rows that were not delivered are gone. The task ends, so that no gap goes unseen. */
final class OutboxBroken extends ConnectException {
    private static final long serialVersionUID = 1L;

    private OutboxBroken(String message) {
        super(message);
    }

    static OutboxBroken lost(long through, long position) {
        return new OutboxBroken("outbox_lost: rows up to " + through
                + " were dropped, because the outbox had more than it may, and only those up to " + position
                + " were delivered. Nothing behind them is delivered. Load the source anew (a dump), then set the connector's offset to "
                + through);
    }

    static OutboxBroken changed(long position) {
        return new OutboxBroken("outbox_changed: rows up to " + position
                + " were delivered, and the outbox is an older or another one now. Give the source a new incarnation (tidemark sources"
                + " teardown, apply) if it has none, load it anew (a dump), and restart the task");
    }
}
