package dev.tidemark.cli.it;

import static org.awaitility.Awaitility.await;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** A real PostgreSQL that can be killed and started again on its data. */
final class Postgres implements AutoCloseable {
    private final Path data;
    private final int port = FreePorts.neighbours(1);
    private EmbeddedPostgres server;

    private Postgres(Path data) {
        this.data = data;
    }

    static Postgres on(Path data) throws IOException {
        Postgres postgres = new Postgres(data);
        postgres.start();
        return postgres;
    }

    void start() throws IOException {
        // It holds the directory, dead or alive.
        if (server != null) server.close();
        server = EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                .setServerConfig("synchronous_commit", "on")
                .start();
    }

    /** {@code kill -9} of the postmaster: its sessions see that, and end. */
    void kill() throws IOException {
        long pid = Long.parseLong(
                Files.readAllLines(data.resolve("postmaster.pid")).get(0).strip());
        ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
        await("the postmaster's end")
                .until(() ->
                        ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isEmpty());
    }

    String url() {
        return "jdbc:postgresql://localhost:" + port + "/postgres?user=postgres";
    }

    Connection connect() throws SQLException {
        return server.getPostgresDatabase().getConnection();
    }

    void run(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
