package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.model.EntityChange;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tables of a real PostgreSQL through triggers, outbox, Connect worker and both topologies; and servers killed meanwhile. */
class PostgresSourceIT {
    private static final Duration ARRIVED_MAX = Duration.ofSeconds(90);
    private static final String CONFIG = """
            project: images
            entity: image
            sync_sources:
            - {table: Image, slot_field: id, sets_alive: true, on_delete: delete_slot, track_fields: [nsfwLevel, type]}
            - {table: TagsOnImageNew, slot_field: imageId, field: tagIds, value_field: tagId}
            """;
    private static final String EXPECTED = """
            SELECT i.id::text, jsonb_strip_nulls(jsonb_build_object('nsfwLevel', i."nsfwLevel", 'type', i.type,
                'tagIds', (SELECT jsonb_agg(t."tagId" ORDER BY t."tagId") FROM "TagsOnImageNew" t WHERE t."imageId" = i.id)))::text
            FROM "Image" i
            """;
    private static final int ENTITIES = 30;

    @TempDir
    Path home;

    private final Random random = new Random(Seeds.next(PostgresSourceIT.class));
    private Postgres database;
    private Up up;

    @BeforeEach
    void starts() throws Exception {
        database = Postgres.on(home.resolve("pg"));
        database.run("CREATE TABLE \"Image\"(id bigint PRIMARY KEY, \"nsfwLevel\" int NOT NULL, type text)");
        database.run(
                "CREATE TABLE \"TagsOnImageNew\"(\"imageId\" bigint REFERENCES \"Image\" ON DELETE CASCADE, \"tagId\" int,"
                        + " PRIMARY KEY (\"imageId\", \"tagId\"))");
        Path config = Files.writeString(home.resolve("sources.yaml"), CONFIG);
        Cli.run("sources", "apply", "--config", config.toString(), "--database", database.url())
                .expectDone();
        up = Up.withConnect(home);
        up.start();
        up.connect()
                .put(
                        "/connectors/images/config",
                        "{\"connector.class\":\"dev.tidemark.postgres.outbox.OutboxSourceConnector\",\"project\":\"images\","
                                + "\"database.url\":" + PushBody.quoted(database.url()) + "}")
                .expect(201);
    }

    @AfterEach
    void stops() throws IOException {
        up.close();
        database.close();
    }

    @Test
    void whatIsCommittedArrivesOnceThoughServersAreKilled() throws Exception {
        changes(150);
        arrived();
        changes(150);
        up.kill();
        changes(150);
        up.start();
        changes(100);
        database.kill();
        database.start();
        changes(150);
        arrived();
        ProjectLog log = ProjectLog.read(up.bootstrap(), "images");
        assertThat(log.defects()).isEmpty();
        assertThat(log.seqByOrigin()).as("no origin is in two records").hasSizeGreaterThan(300);
    }

    private void arrived() throws SQLException {
        Map<String, String> expected;
        try (Connection connection = database.connect()) {
            expected = images(connection);
        }
        await("every committed row state")
                .atMost(ARRIVED_MAX)
                .untilAsserted(() -> assertThat(served()).isEqualTo(expected));
    }

    private Map<String, String> served() {
        Map<String, String> images = new TreeMap<>();
        for (EntityChange change :
                ProjectLog.read(up.bootstrap(), "images").bySeq().values()) {
            if (change.image() == null) images.remove(change.id().key());
            else images.put(change.id().key(), change.image());
        }
        return images;
    }

    /** Transactions of some changes each, one in five rolled back. */
    private void changes(int transactions) throws SQLException {
        try (Connection connection = database.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            for (int i = 0; i < transactions; i++) {
                for (int change = random.nextInt(4); change >= 0; change--) statement.executeUpdate(change());
                if (random.nextInt(5) == 0) connection.rollback();
                else connection.commit();
            }
        }
    }

    private String change() {
        int id = random.nextInt(ENTITIES);
        int value = random.nextInt(1_000);
        return switch (random.nextInt(7)) {
            case 0, 1 ->
                "INSERT INTO \"Image\" VALUES (" + id + ", " + value + ", 'image')"
                        + " ON CONFLICT (id) DO UPDATE SET \"nsfwLevel\" = excluded.\"nsfwLevel\"";
            case 2 ->
                "UPDATE \"Image\" SET type = " + (value % 3 == 0 ? "NULL" : "'t" + value + "'") + " WHERE id = " + id;
            case 3 -> "DELETE FROM \"Image\" WHERE id = " + id;
            case 4, 5 ->
                "INSERT INTO \"TagsOnImageNew\" SELECT id, " + value % 9 + " FROM \"Image\" WHERE id = " + id
                        + " ON CONFLICT DO NOTHING";
            default -> "DELETE FROM \"TagsOnImageNew\" WHERE \"imageId\" = " + id + " AND \"tagId\" = " + value % 9;
        };
    }

    /** Canonical images by key, as the database itself would have them. */
    private static Map<String, String> images(Connection connection) throws SQLException {
        Map<String, String> images = new TreeMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(EXPECTED)) {
            while (row.next()) images.put(row.getString(1), CanonicalJson.of(row.getString(2)));
        }
        return images;
    }
}
