package dev.tidemark.postgres.outbox;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.postgresql.PGConnection;

/**
 * The outbox of one source in its database, for its one reader. Every statement is a transaction of its own: what a later one sees
 * was committed before it began. Not thread-safe.
 */
final class OutboxTable implements AutoCloseable {
    static final String CHANNEL = "tidemark_outbox";
    private static final int STATEMENT_MAX_SECONDS = 30;
    /** Ops of one look, as text; one row may have more. */
    static final long LOOK_BYTES_MAX = 8L << 20;

    private final Connection connection;
    private final String source;
    private final String schema;
    private final String table;
    private final String sequence;

    /**
     * @param connection closed with this; in autocommit
     * @param schema of the outbox, as it is written in the catalogue
     */
    OutboxTable(Connection connection, String schema, String source) throws SQLException {
        this.connection = connection;
        this.source = source;
        this.schema = quoted(schema);
        this.table = this.schema + ".outbox";
        this.sequence = this.schema + ".outbox_id_seq";
        connection.setAutoCommit(true);
        try (Statement listen = connection.createStatement()) {
            listen.execute("LISTEN " + CHANNEL);
        } catch (SQLException e) {
            connection.close();
            throw e;
        }
    }

    /**
     * What the database says of a source.
     *
     * @param incarnation of its local seqs: a new outbox has a new one
     * @param lostThrough id up to which rows were dropped unread, because there were too many; 0: none
     */
    record Registration(String incarnation, long lostThrough) {}

    /** Empty: no such source is registered there. */
    Optional<Registration> registration() throws SQLException {
        try (PreparedStatement query =
                prepared("SELECT incarnation, lost_through FROM " + schema + ".source WHERE name = ?")) {
            query.setString(1, source);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(new Registration(row.getString(1), row.getLong(2))) : Optional.empty();
            }
        }
    }

    /** The last id that was drawn; 0: none was. */
    long lastDrawn() throws SQLException {
        try (PreparedStatement query = prepared("SELECT last_value, is_called FROM " + sequence);
                ResultSet row = query.executeQuery()) {
            row.next();
            return row.getBoolean(2) ? row.getLong(1) : 0;
        }
    }

    /**
     * Takes a reading: the last id first, what has ended after it. A transaction id is used up only where ids were drawn since the last
     * reading.
     */
    void read(Frontier frontier) throws SQLException {
        long drawn = lastDrawn();
        String xid = frontier.wants(drawn) ? "pg_current_xact_id()::text::bigint" : "0";
        try (PreparedStatement query =
                        prepared("SELECT pg_snapshot_xmin(pg_current_snapshot())::text::bigint, " + xid);
                ResultSet row = query.executeQuery()) {
            row.next();
            if (row.getLong(2) > 0) frontier.read(drawn, row.getLong(2));
            frontier.ended(row.getLong(1));
        }
    }

    /** What one snapshot shows: rows, and what was said of the source when they were as they are. */
    record Look(Registration registration, List<OutboxRow> rows) {}

    /**
     * Rows behind {@code after}, up to {@code through}, in the order of their ids; at most {@code limit}, and about {@link #LOOK_BYTES_MAX}
     * of them.
     *
     * @return empty: no such source is registered any more
     */
    Optional<Look> look(long after, long through, int limit) throws SQLException {
        String sql =
                "SELECT s.incarnation, s.lost_through, o.id, o.entity, o.entity_key, o.ops, o.creates, o.written_at FROM "
                        + schema
                        + ".source s LEFT JOIN LATERAL (SELECT *, sum(octet_length(ops)) OVER (ORDER BY id) - octet_length(ops) AS before FROM"
                        + " (SELECT id, entity, entity_key, ops::text AS ops, creates, written_at FROM " + table
                        + " WHERE id > ? AND id <= ? ORDER BY id LIMIT ?) r) o ON o.before < ? WHERE s.name = ? ORDER BY o.id";
        try (PreparedStatement query = prepared(sql)) {
            query.setLong(1, after);
            query.setLong(2, through);
            query.setInt(3, limit);
            query.setLong(4, LOOK_BYTES_MAX);
            query.setString(5, source);
            try (ResultSet row = query.executeQuery()) {
                return look(row);
            }
        }
    }

    private static Optional<Look> look(ResultSet row) throws SQLException {
        Registration registration = null;
        List<OutboxRow> rows = new ArrayList<>();
        while (row.next()) {
            registration = new Registration(row.getString(1), row.getLong(2));
            if (row.getObject(3) == null) continue;
            rows.add(new OutboxRow(
                    row.getLong(3),
                    row.getString(4),
                    row.getString(5),
                    row.getString(6),
                    row.getBoolean(7),
                    row.getTimestamp(8).toInstant()));
        }
        return registration == null ? Optional.empty() : Optional.of(new Look(registration, rows));
    }

    /**
     * Deletes rows of that incarnation behind {@code after}, up to {@code through}.
     *
     * @return how many; fewer than the limit: all that nobody holds
     */
    int reap(Registration registration, long after, long through, int limit) throws SQLException {
        try (PreparedStatement delete = prepared("DELETE FROM " + table + " WHERE id IN (SELECT id FROM " + table
                + " WHERE id > ? AND id <= ? ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED) AND EXISTS (SELECT 1 FROM "
                + schema
                + ".source WHERE name = ? AND incarnation = ?)")) {
            delete.setLong(1, after);
            delete.setLong(2, through);
            delete.setInt(3, limit);
            delete.setString(4, source);
            delete.setString(5, registration.incarnation());
            return delete.executeUpdate();
        }
    }

    /** Sets a row aside that cannot be delivered, with why. */
    void quarantine(OutboxRow row, String reason) throws SQLException {
        try (PreparedStatement insert = prepared("INSERT INTO " + schema
                + ".quarantine(id, source, entity, entity_key, ops, creates, written_at, reason)"
                + " VALUES (?, ?, ?, ?, ?::jsonb, ?, ?, ?) ON CONFLICT DO NOTHING")) {
            insert.setLong(1, row.id());
            insert.setString(2, source);
            insert.setString(3, row.entity());
            insert.setString(4, row.entityKey());
            insert.setString(5, row.ops());
            insert.setBoolean(6, row.creates());
            insert.setTimestamp(7, java.sql.Timestamp.from(row.writtenAt()));
            insert.setString(8, reason);
            insert.executeUpdate();
        }
    }

    /**
     * Says whether writers shall wake the reader: a notification costs each of them time, so only while it sleeps. Not said while a
     * writer holds the row: then they wake it in vain, or it looks by itself.
     */
    void sleeping(boolean idle) throws SQLException {
        try (PreparedStatement update =
                prepared("UPDATE " + schema + ".source SET idle = ? WHERE name IN (SELECT name FROM " + schema
                        + ".source WHERE name = ? AND idle <> ? FOR UPDATE SKIP LOCKED)")) {
            update.setBoolean(1, idle);
            update.setString(2, source);
            update.setBoolean(3, idle);
            update.executeUpdate();
        }
    }

    /** Returns when a writer notifies, or the time is over. */
    void await(Duration patience) throws SQLException {
        connection.unwrap(PGConnection.class).getNotifications(Math.max(1, (int) patience.toMillis()));
    }

    /** When the oldest row behind {@code after} was written, visible or not yet decided; empty: there is none. */
    Optional<Instant> oldest(long after) throws SQLException {
        try (PreparedStatement query =
                prepared("SELECT written_at FROM " + table + " WHERE id > ? ORDER BY id LIMIT 1")) {
            query.setLong(1, after);
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getTimestamp(1).toInstant()) : Optional.empty();
            }
        }
    }

    /** When the oldest transaction began that writes and has not ended; empty: there is none. */
    Optional<Instant> oldestWriter() throws SQLException {
        try (PreparedStatement query = prepared("SELECT min(begun) FROM ("
                        + "SELECT xact_start AS begun FROM pg_stat_activity WHERE backend_xid IS NOT NULL"
                        + " UNION ALL SELECT prepared FROM pg_prepared_xacts) w");
                ResultSet row = query.executeQuery()) {
            row.next();
            return Optional.ofNullable(row.getTimestamp(1)).map(java.sql.Timestamp::toInstant);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }

    private PreparedStatement prepared(String sql) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setQueryTimeout(STATEMENT_MAX_SECONDS);
        return statement;
    }

    private static String quoted(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
