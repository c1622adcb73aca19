package dev.tidemark.postgres.apply;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.postgresql.util.PSQLState;

/**
 * Makes changes one after the other, each in a transaction of its own, so that a lock on a table is held for one statement
 * and what was done stays done.
 */
final class Applier {
    /** How long writers may have to queue behind us. */
    static final int LOCK_TIMEOUT_MS = 2_000;

    /** Tries of one change; between two of them the queue of writers moves on. */
    static final int TRIES_MAX = 5;

    private static final Set<String> PASSING = Set.of("55P03", PSQLState.DEADLOCK_DETECTED.getState());

    private final Connection connection;

    Applier(Connection connection) {
        this.connection = connection;
    }

    /**
     * @param done is told of each change after its commit
     * @throws SourceRefused if a lock could not be had; run again, it goes on where it stopped
     */
    void run(List<Change> changes, Consumer<Change> done) throws SQLException {
        for (Change change : changes) {
            makePatiently(change);
            done.accept(change);
        }
    }

    private void makePatiently(Change change) throws SQLException {
        for (int tries = 1; ; tries++) {
            try {
                make(change);
                return;
            } catch (SQLException e) {
                if (!PASSING.contains(e.getSQLState())) throw e;
                if (tries == TRIES_MAX) throw new SourceRefused(notNow(change), e);
            }
        }
    }

    private static String notNow(Change change) {
        return change + ": its lock was not to be had in " + TRIES_MAX + " tries of " + LOCK_TIMEOUT_MS
                + " ms; a long transaction holds it (see pg_stat_activity); run it again, what is done stays done";
    }

    private void make(Change change) throws SQLException {
        connection.setAutoCommit(false);
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute("SET LOCAL lock_timeout = " + LOCK_TIMEOUT_MS);
            for (String sql : change.sql()) statement.execute(sql);
            connection.commit();
        } finally {
            connection.rollback();
            connection.setAutoCommit(true);
        }
    }
}
