package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code tidemark sources} on a real PostgreSQL. */
class SourcesIT {
    private static final String CONFIG = """
            project: notes
            entity: note
            sync_sources:
            - {table: note, slot_field: id, create: true, on_delete: delete_slot, track_fields: [title]}
            """;

    @TempDir
    private Path directory;

    @Test
    void aSourceIsPlannedAppliedShownAndTornDown() throws IOException, SQLException {
        try (EmbeddedPostgres server = EmbeddedPostgres.start();
                Connection connection = server.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE note (id int, title text)");
            String url = server.getJdbcUrl("postgres", "postgres");

            String plan = sources("plan", url).expectDone().out();
            assertThat(plan).contains("create schema tidemark\n").contains("record config of source postgres");
            assertThat(sources("apply", url).expectDone().out()).isEqualTo(plan);
            assertThat(sources("apply", url).expectDone().out()).isEqualTo("everything is as the config wants it\n");
            statement.execute("INSERT INTO note VALUES (1, 'a')");

            assertThat(sources("status", url).expectDone().out())
                    .contains("no drift\noutbox of postgres: 1 rows, oldest ")
                    .endsWith("lost through id 0\n");
            assertThat(sources("status", url, "--json").expectDone().out())
                    .contains("\"drift\":[]")
                    .contains("\"lost_through\":0");

            assertThat(sources("teardown", url).expectDone().out()).endsWith("drop schema tidemark\n");
            assertThat(sources("teardown", url).expectDone().out()).isEqualTo("nothing of Tidemark's is there\n");
            statement.execute("DROP TABLE note");
            Cli.Result refused = sources("plan", url);
            assertThat(refused.status()).isEqualTo(1);
            assertThat(refused.err()).contains("there is no table public.note");
        }
    }

    @Test
    void aWrongConfigIsWrongUsageAndSaysWhere() throws IOException {
        Path file = directory.resolve("wrong.yaml");
        Files.writeString(file, CONFIG.replace("slot_field", "slot_feld"));

        Cli.Result result = Cli.run("sources", "plan", "--config", file.toString(), "--database", "jdbc:postgresql:x");

        assertThat(result.status()).isEqualTo(2);
        assertThat(result.err()).contains("wrong.yaml:4: /sync_sources/0: ").contains("slot_feld");
    }

    @Test
    void aPasswordIsNotPrinted() throws IOException {
        Cli.Result result = sources("plan", "jdbc:postgresql://127.0.0.1:1/x?user=u&password=s3cret");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out() + result.err()).contains("the database says").doesNotContain("s3cret");
    }

    private Cli.Result sources(String command, String url, String... more) throws IOException {
        Path file = directory.resolve("source.yaml");
        Files.writeString(file, CONFIG);
        String[] arguments = new String[6 + more.length];
        System.arraycopy(
                new String[] {"sources", command, "--config", file.toString(), "--database", url}, 0, arguments, 0, 6);
        System.arraycopy(more, 0, arguments, 6, more.length);
        return Cli.run(arguments);
    }
}
