package dev.tidemark.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.postgres.config.ConfigReader;
import dev.tidemark.postgres.config.SourceConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

class BoundIT {
    private static final int ROWS_MAX = 20_000;
    private static final SourceConfig CONFIG = ConfigReader.read(
            "bound.yaml",
            "project: p\nentity: e\noutbox_rows_max: " + ROWS_MAX
                    + "\nsync_sources: [{table: t, slot_field: id, track_fields: [a]}]\n");

    @Test
    void aReaderThatNeverComesDoesNotLetTheOutboxGrow() throws SQLException {
        try (TestDatabase database = bounded()) {
            for (int i = 0; i < 8; i++) database.run("INSERT INTO t SELECT i, i FROM generate_series(1, 10000) i");

            long rows = number(database, "SELECT count(*) FROM tidemark.outbox");
            long lost = number(database, "SELECT lost_through FROM tidemark.source");
            assertThat(rows).isLessThanOrEqualTo(ROWS_MAX + 10_000L);
            assertThat(lost).isEqualTo(80_000 - rows);
            assertThat(number(database, "SELECT min(id) FROM tidemark.outbox")).isEqualTo(lost + 1);
        }
    }

    @Test
    void withinTheBoundNothingIsLost() throws SQLException {
        try (TestDatabase database = bounded()) {
            database.run("INSERT INTO t SELECT i, i FROM generate_series(1, 20000) i");

            assertThat(number(database, "SELECT count(*) FROM tidemark.outbox")).isEqualTo(20_000);
            assertThat(number(database, "SELECT lost_through FROM tidemark.source"))
                    .isZero();
        }
    }

    @Test
    void whoKeepsToTheBoundWaitsForNobody() throws SQLException {
        try (TestDatabase database = bounded();
                Connection other = database.another();
                Statement stuck = other.createStatement()) {
            database.run("INSERT INTO t SELECT i, i FROM generate_series(1, 35000) i");
            other.setAutoCommit(false);
            stuck.execute("SELECT * FROM tidemark.source FOR UPDATE");

            database.run("SET statement_timeout = '20s'");
            database.run("INSERT INTO t SELECT i, i FROM generate_series(1, 10000) i");

            other.rollback();
            assertThat(number(database, "SELECT max(id) FROM tidemark.outbox")).isEqualTo(45_000);
        }
    }

    @Test
    void aTransactionOfHigherIsolationIsNotMadeToFail() throws SQLException {
        try (TestDatabase database = bounded();
                Connection other = database.another();
                Statement serial = other.createStatement()) {
            database.run("INSERT INTO t SELECT i, i FROM generate_series(1, 39000) i");
            other.setAutoCommit(false);
            other.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            serial.execute("SELECT count(*) FROM tidemark.outbox");
            database.run("DELETE FROM tidemark.outbox WHERE id < 100");
            database.run("UPDATE tidemark.source SET idle = idle");

            serial.execute("INSERT INTO t SELECT i, i FROM generate_series(1, 2000) i");
            other.commit();

            assertThat(number(database, "SELECT max(id) FROM tidemark.outbox")).isEqualTo(41_000);
        }
    }

    @Test
    void anIdleReaderIsWokenAndABusyOneIsNot() throws SQLException {
        try (TestDatabase database = bounded();
                Connection reader = database.another();
                Statement listen = reader.createStatement()) {
            listen.execute("LISTEN tidemark_outbox");
            database.run("INSERT INTO t VALUES (1, 1)");
            assertThat(notified(reader)).isEmpty();

            database.run("UPDATE tidemark.source SET idle = true");
            database.run("INSERT INTO t VALUES (2, 2)");

            assertThat(notified(reader)).hasSize(1);
        }
    }

    private static List<PGNotification> notified(Connection reader) throws SQLException {
        PGNotification[] notifications = reader.unwrap(PGConnection.class).getNotifications(500);
        return notifications == null ? List.of() : List.of(notifications);
    }

    private static TestDatabase bounded() throws SQLException {
        TestDatabase database = TestDatabase.with("CREATE TABLE t (id int, a int)");
        try (Connection connection = database.another()) {
            new PostgresSource(connection, CONFIG).apply(change -> {});
        }
        return database;
    }

    private static long number(TestDatabase database, String sql) throws SQLException {
        return Long.parseLong(database.strings(sql).get(0));
    }
}
