package dev.tidemark.postgres.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * Sessions that change images and their tags at once: transactions of any length, some rolled back whole or to a savepoint, ids of rows
 * changed, rows deleted and made again. The same seed draws the same; what is committed is up to the database.
 */
final class ConcurrentWriters {
    private static final int ENTITIES = 40;
    private static final int STATEMENTS_MAX = 6;
    private static final int PAUSE_MAX_MS = 20;
    /** A transaction that draws its ids early and commits late. */
    private static final int LATE_MS = 400;

    private final Connections connections;
    private final long seed;
    private final AtomicInteger committed = new AtomicInteger();
    private final List<Throwable> failures = new ArrayList<>();

    interface Connections {
        Connection open() throws SQLException;
    }

    ConcurrentWriters(Connections connections, long seed) {
        this.connections = connections;
        this.seed = seed;
    }

    /** Starts them; the latch is open when all have done their transactions. */
    CountDownLatch start(int sessions, int transactionsEach) {
        CountDownLatch done = new CountDownLatch(sessions);
        for (int i = 0; i < sessions; i++) {
            SplittableRandom random = new SplittableRandom(seed * 31 + i);
            Thread thread = new Thread(() -> run(random, transactionsEach, done), "writer-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        return done;
    }

    int committed() {
        return committed.get();
    }

    synchronized List<Throwable> failures() {
        return List.copyOf(failures);
    }

    private void run(SplittableRandom random, int transactions, CountDownLatch done) {
        try (Connection connection = connections.open()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < transactions; i++) transact(connection, random);
        } catch (SQLException | RuntimeException e) {
            synchronized (this) {
                failures.add(e);
            }
        } finally {
            done.countDown();
        }
    }

    private void transact(Connection connection, SplittableRandom random) throws SQLException {
        try {
            int statements = 1 + random.nextInt(STATEMENTS_MAX);
            for (int i = 0; i < statements; i++) {
                if (random.nextInt(6) == 0) undone(connection, random);
                else change(connection, random);
                pause(random.nextInt(PAUSE_MAX_MS));
            }
            if (random.nextInt(25) == 0) pause(LATE_MS);
            if (random.nextInt(5) == 0) {
                connection.rollback();
            } else {
                connection.commit();
                committed.incrementAndGet();
            }
        } catch (SQLException e) {
            connection.rollback();
            // Two made the same row, or waited for each other: that is their life.
            if (!e.getSQLState().startsWith("23") && !e.getSQLState().startsWith("40")) throw e;
        }
    }

    private static void undone(Connection connection, SplittableRandom random) throws SQLException {
        Savepoint savepoint = connection.setSavepoint();
        try {
            change(connection, random);
        } finally {
            connection.rollback(savepoint);
        }
    }

    private static void change(Connection connection, SplittableRandom random) throws SQLException {
        int id = random.nextInt(ENTITIES);
        int other = random.nextInt(ENTITIES);
        int value = random.nextInt(1_000);
        String sql = switch (random.nextInt(9)) {
            case 0, 1 ->
                "INSERT INTO \"Image\"(id, \"nsfwLevel\", type) VALUES (" + id + ", " + value + ", 'image')"
                        + " ON CONFLICT (id) DO UPDATE SET \"nsfwLevel\" = excluded.\"nsfwLevel\"";
            case 2, 3 -> "UPDATE \"Image\" SET \"nsfwLevel\" = " + value + " WHERE id = " + id;
            case 4 ->
                "UPDATE \"Image\" SET type = " + (value % 3 == 0 ? "NULL" : "'t" + value + "'") + " WHERE id = " + id;
            case 5 -> "DELETE FROM \"Image\" WHERE id = " + id;
            case 6 ->
                "INSERT INTO \"TagsOnImageNew\"(\"imageId\", \"tagId\") VALUES (" + id + ", " + value % 9
                        + ") ON CONFLICT DO NOTHING";
            case 7 -> "DELETE FROM \"TagsOnImageNew\" WHERE \"imageId\" = " + id + " AND \"tagId\" = " + value % 9;
            default ->
                "UPDATE \"TagsOnImageNew\" SET \"imageId\" = " + other + " WHERE \"imageId\" = " + id
                        + " AND \"tagId\" = " + value % 9;
        };
        try (Statement statement = connection.createStatement()) {
            statement.executeUpdate(sql);
        }
    }

    private static void pause(int millis) {
        LockSupport.parkNanos(millis * 1_000_000L);
    }
}
