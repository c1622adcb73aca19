package dev.tidemark.postgres.outbox;

import dev.tidemark.connector.AckedThrough;
import dev.tidemark.connector.MutationRecords;
import dev.tidemark.connector.PlacedMutation;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.wire.WireCodec;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.connect.errors.ConnectException;
import org.apache.kafka.connect.source.SourceRecord;

/** The outbox while its database answers: rows in, records out. Not thread-safe. */
final class OutboxSession implements AutoCloseable {
    /** Between two looks at what only rarely changes: rows to reap, rows lost, lag. */
    private static final Duration CHORES_EVERY = Duration.ofMillis(500);

    private final OutboxTable outbox;
    private final OutboxReader reader;
    private final MutationRecords records;
    private final AckedThrough acked;
    private final Lag lag;
    private long choresNs = System.nanoTime() - CHORES_EVERY.toNanos();

    /**
     * @param position id up to which everything was returned, or is committed
     * @throws ConnectException if rows behind the position are gone
     */
    OutboxSession(OutboxConfig config, OutboxTable outbox, OutboxTable.Registration registration, Place place, Lag lag)
            throws SQLException {
        this.outbox = outbox;
        this.lag = lag;
        this.acked = place.acked;
        ReplicaId replica = new ReplicaId(
                config.getString(OutboxConfig.PROJECT),
                config.getString(OutboxConfig.SOURCE),
                registration.incarnation());
        this.records = new MutationRecords(
                replica, OutboxMutations.partition(replica), place.codec, config.getInt(OutboxConfig.BATCH_BYTES));
        this.reader = new OutboxReader(
                outbox,
                place.position,
                config.getInt(OutboxConfig.ROWS),
                new OutboxReader.Pace(
                        Duration.ofMillis(config.getInt(OutboxConfig.POLL_MS)),
                        Duration.ofMillis(config.getInt(OutboxConfig.SLEEP_MS))));
        checkHeld(registration);
        if (place.position > outbox.lastDrawn())
            throw new ConnectException("outbox_changed: row " + place.position
                    + " was delivered, and the outbox has drawn only "
                    + outbox.lastDrawn() + " ids: it is an older or another one. Give the source a new incarnation"
                    + " (tidemark sources teardown, apply) and load it anew");
    }

    /** Where a session begins. */
    record Place(long position, AckedThrough acked, WireCodec codec) {}

    /** The next records; empty: none within a while. */
    List<SourceRecord> next() throws SQLException {
        if (System.nanoTime() - choresNs >= CHORES_EVERY.toNanos()) {
            chores();
            choresNs = System.nanoTime();
        }
        List<PlacedMutation> mutations = new ArrayList<>(reader.next());
        while (!mutations.isEmpty()) {
            try {
                return records.of(mutations, acked.get());
            } catch (MutationRecords.TooLarge e) {
                for (OutboxRow row : outbox.rows(e.localSeq() - 1, e.localSeq(), 1))
                    reader.setAside(row, String.valueOf(e.getMessage()));
                mutations.removeIf(each -> each.mutation().localSeq() == e.localSeq());
            }
        }
        return List.of();
    }

    /** Id up to which all rows were returned, or set aside. */
    long position() {
        return reader.position();
    }

    @Override
    public void close() throws SQLException {
        outbox.close();
    }

    private void chores() throws SQLException {
        Long through = acked.get();
        if (through != null) reader.reap(through);
        outbox.registration().ifPresent(this::checkHeld);
        lag.seen(oldestUndelivered());
    }

    private Optional<Instant> oldestUndelivered() throws SQLException {
        Optional<Instant> row = outbox.oldest(reader.position());
        if (!reader.isBehind()) return row;
        Optional<Instant> writer = outbox.oldestWriter();
        if (row.isEmpty()) return writer;
        return writer.isPresent() && writer.get().isBefore(row.get()) ? writer : row;
    }

    private void checkHeld(OutboxTable.Registration registration) {
        if (registration.lostThrough() <= reader.position()) return;
        throw new ConnectException("outbox_lost: rows up to " + registration.lostThrough()
                + " were dropped, because the outbox had more than it may, and only those up to " + reader.position()
                + " were delivered. Nothing behind them is delivered, so that no gap goes unseen. Load the source anew (a dump),"
                + " then set the connector's offset to " + registration.lostThrough());
    }
}
