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
import org.apache.kafka.connect.source.SourceRecord;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The outbox while its database answers: rows in, records out. Not thread-safe. */
final class OutboxSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OutboxSession.class);
    /** Between two looks at what only rarely changes: rows to reap, rows lost, lag. */
    private static final Duration CHORES_EVERY = Duration.ofMillis(500);

    private final OutboxTable outbox;
    private final OutboxReader reader;
    private final MutationRecords records;
    private final AckedThrough acked;
    private final Lag lag;
    private long choresNs = System.nanoTime() - CHORES_EVERY.toNanos();

    /** @throws OutboxBroken if rows behind the position are gone */
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
                registration,
                place.position,
                config.getInt(OutboxConfig.ROWS),
                new OutboxReader.Pace(
                        Duration.ofMillis(config.getInt(OutboxConfig.POLL_MS)),
                        Duration.ofMillis(config.getInt(OutboxConfig.SLEEP_MS))));
    }

    /**
     * Where a session begins.
     *
     * @param position id up to which everything was returned, or is committed
     */
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
                setAside(e);
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

    private void setAside(MutationRecords.TooLarge tooLarge) throws SQLException {
        Optional<OutboxTable.Look> look = outbox.look(tooLarge.localSeq() - 1, tooLarge.localSeq(), 1);
        if (look.isEmpty()) return;
        for (OutboxRow row : look.get().rows()) reader.setAside(row, String.valueOf(tooLarge.getMessage()));
    }

    private void chores() throws SQLException {
        reader.check(outbox.registration());
        lag.seen(oldestUndelivered());
        Long through = acked.get();
        if (through != null) reap(through);
    }

    /** Rows that wait to be deleted hold back no others. */
    private void reap(long through) {
        try {
            reader.reap(through);
        } catch (SQLException e) {
            LOG.atWarn().setCause(e).log("delivered rows were not deleted; trying again");
        }
    }

    private Optional<Instant> oldestUndelivered() throws SQLException {
        Optional<Instant> row = outbox.oldest(reader.position());
        if (!reader.isBehind()) return row;
        Optional<Instant> writer = outbox.oldestWriter();
        if (row.isEmpty()) return writer;
        return writer.isPresent() && writer.get().isBefore(row.get()) ? writer : row;
    }
}
