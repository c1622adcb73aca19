package dev.tidemark.postgres.outbox;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.postgres.apply.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.TreeMap;

/** Images and their tags in a database of their own, with triggers. */
final class Images implements AutoCloseable {
    private static final String SOURCES = """
            - {table: Image, slot_field: id, sets_alive: true, on_delete: delete_slot, track_fields: [nsfwLevel, type]}
            - {table: TagsOnImageNew, slot_field: imageId, field: tagIds, value_field: tagId}
            """;
    /** What the database itself says of each image, as Tidemark should have it. */
    private static final String EXPECTED = """
            SELECT i.id::text, jsonb_strip_nulls(jsonb_build_object('nsfwLevel', i."nsfwLevel", 'type', i.type,
                'tagIds', (SELECT jsonb_agg(t."tagId" ORDER BY t."tagId") FROM "TagsOnImageNew" t WHERE t."imageId" = i.id)))::text
            FROM "Image" i
            """;

    private final TestDatabase database;

    Images() throws SQLException {
        this.database = TestDatabase.with(
                        "CREATE TABLE \"Image\"(id bigint PRIMARY KEY, \"nsfwLevel\" int NOT NULL, type text)",
                        "CREATE TABLE \"TagsOnImageNew\"(\"imageId\" bigint REFERENCES \"Image\" ON DELETE CASCADE, \"tagId\" int,"
                                + " PRIMARY KEY (\"imageId\", \"tagId\"))")
                .applied(SOURCES);
    }

    Connection connect() throws SQLException {
        return database.another();
    }

    OutboxTable outbox() throws SQLException {
        return new OutboxTable(connect(), "tidemark", "postgres");
    }

    void run(String sql) throws SQLException {
        database.run(sql);
    }

    String one(String sql) throws SQLException {
        return database.strings(sql).get(0);
    }

    /** Canonical images by key. */
    Map<String, String> expected() throws SQLException {
        Map<String, String> images = new TreeMap<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(EXPECTED)) {
            while (row.next()) images.put(row.getString(1), CanonicalJson.of(row.getString(2)));
        }
        return images;
    }

    @Override
    public void close() throws SQLException {
        database.close();
    }
}
