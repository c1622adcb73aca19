package dev.tidemark.postgres.apply;

import dev.tidemark.postgres.config.ConfigReader;
import dev.tidemark.postgres.config.SourceConfig;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A database of its own for each test, on one real PostgreSQL. */
public final class TestDatabase implements AutoCloseable {
    private static final AtomicInteger COUNT = new AtomicInteger();

    private static final class Server {
        static final EmbeddedPostgres ONE = start();

        private static EmbeddedPostgres start() {
            try {
                return EmbeddedPostgres.builder()
                        .setServerConfig("synchronous_commit", "on")
                        .start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final String name;
    private final Connection connection;

    private TestDatabase(String name, Connection connection) {
        this.name = name;
        this.connection = connection;
    }

    public static TestDatabase with(String... tables) throws SQLException {
        String name = "t" + COUNT.incrementAndGet();
        try (Connection root = Server.ONE.getPostgresDatabase().getConnection();
                Statement statement = root.createStatement()) {
            statement.execute("CREATE DATABASE " + name);
        }
        TestDatabase database = new TestDatabase(name, connect(name));
        for (String table : tables) database.run(table);
        return database;
    }

    /** One more connection to the same database. */
    public Connection another() throws SQLException {
        return connect(name);
    }

    private static Connection connect(String name) throws SQLException {
        return Server.ONE.getDatabase("postgres", name).getConnection();
    }

    static SourceConfig config(String entries) {
        return ConfigReader.read("test.yaml", "project: p\nentity: image\nsync_sources:\n" + entries);
    }

    PostgresSource source(String entries) {
        return new PostgresSource(connection, config(entries));
    }

    public TestDatabase applied(String entries) throws SQLException {
        source(entries).apply(change -> {});
        return this;
    }

    public void run(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.setEscapeProcessing(false);
            statement.execute(sql);
        }
    }

    public List<String> strings(String sql) throws SQLException {
        return Rows.of(connection, sql, row -> row.getString(1));
    }

    /** What stands in the outbox since it was last taken, in id order: {@code type key ops}, with + where it may create. */
    List<String> taken() throws SQLException {
        List<String> rows =
                strings("SELECT entity || ' ' || entity_key || ' ' || ops || CASE WHEN creates THEN ' +' ELSE ''"
                        + " END FROM tidemark.outbox ORDER BY id");
        run("DELETE FROM tidemark.outbox");
        return rows;
    }

    /** Names of all functions, triggers, tables and schemas that people could have made. */
    List<String> everything() throws SQLException {
        return strings("""
                SELECT 'schema ' || nspname FROM pg_namespace WHERE nspname !~ '^pg_'
                UNION ALL SELECT 'relation ' || relname FROM pg_class
                  WHERE relnamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace, 'pg_toast'::regnamespace)
                UNION ALL SELECT 'function ' || proname FROM pg_proc
                  WHERE pronamespace NOT IN ('pg_catalog'::regnamespace, 'information_schema'::regnamespace)
                UNION ALL SELECT 'trigger ' || tgname FROM pg_trigger ORDER BY 1
                """);
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
