package dev.tidemark.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.algebra.Query;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class TriggerIT {
    private static final String IMAGE = "CREATE TABLE \"Image\" (id bigint, n int, \"postId\" bigint, note text)";
    private static final String DIRECT =
            "- {table: Image, slot_field: id, create: true, on_delete: delete_slot, track_fields: [n, postId, '{n} * 2 as twice']}\n";
    private static final String TAG = "CREATE TABLE tag (image bigint, tag int, off boolean)";
    private static final String MEMBERS =
            "- {table: tag, slot_field: image, field: tagIds, value_field: tag, filter: 'NOT {off}'}\n";
    private static final String POST = "CREATE TABLE post (id bigint, title text, live timestamptz)";
    private static final String FAN_OUT = "- {table: post, query: 'postId eq {id}', track_fields: [title, live]}\n";
    private static final String PER_ROW =
            "- {table: post, type: fan_out_per_row, rows_from: {table: Image, fk: postId}, track_fields: [title]}\n";

    @Test
    void anInsertSetsEachFieldThatIsNotNull() throws SQLException {
        try (TestDatabase database = TestDatabase.with(IMAGE).applied(DIRECT)) {
            database.run("INSERT INTO \"Image\" VALUES (1, 8, NULL, 'x')");

            assertThat(database.taken())
                    .containsExactly(
                            "image 1 [{\"op\": \"set\", \"field\": \"n\", \"value\": 8}, {\"op\": \"set\", \"field\": \"twice\", \"value\": 16}] +");
        }
    }

    @Test
    void aRowOfNullsIsAnEntityToo() throws SQLException {
        try (TestDatabase database = TestDatabase.with(IMAGE).applied(DIRECT)) {
            database.run("INSERT INTO \"Image\" VALUES (1, NULL, NULL, NULL)");

            assertThat(database.taken())
                    .containsExactly(
                            "image 1 [{\"op\": \"set\", \"field\": \"n\", \"value\": true}, {\"op\": \"unset\", \"field\": \"n\"}] +");
        }
    }

    @Test
    void whereRowsGoAndEntitiesStayAnInsertClearsWhatTheOldRowLeft() throws SQLException {
        String keeps = "- {table: Image, slot_field: id, create: true, track_fields: [n, note]}\n";
        try (TestDatabase database = TestDatabase.with(IMAGE).applied(keeps)) {
            database.run("INSERT INTO \"Image\" VALUES (1, NULL, NULL, 'x')");
            database.run("DELETE FROM \"Image\"");

            assertThat(database.taken())
                    .containsExactly(
                            "image 1 [{\"op\": \"unset\", \"field\": \"n\"}, {\"op\": \"set\", \"field\": \"note\", \"value\": \"x\"}] +");
        }
    }

    @Test
    void anUpdateCarriesWhatDiffersAndNothingElse() throws SQLException {
        try (TestDatabase database = TestDatabase.with(IMAGE).applied(DIRECT)) {
            database.run("INSERT INTO \"Image\" VALUES (1, 8, 5, 'x')");
            database.taken();

            database.run("UPDATE \"Image\" SET note = 'y', n = 8");
            database.run("UPDATE \"Image\" SET \"postId\" = NULL");
            database.run("UPDATE \"Image\" SET n = 16");

            assertThat(database.taken())
                    .containsExactly(
                            "image 1 [{\"op\": \"unset\", \"field\": \"postId\"}]",
                            "image 1 [{\"op\": \"set\", \"field\": \"n\", \"value\": 16}, {\"op\": \"set\", \"field\": \"twice\", \"value\": 32}]");
        }
    }

    @Test
    void aDeleteDeletes() throws SQLException {
        try (TestDatabase database = TestDatabase.with(IMAGE).applied(DIRECT)) {
            database.run("INSERT INTO \"Image\" VALUES (1, 8, 5, 'x')");
            database.taken();

            database.run("DELETE FROM \"Image\"");

            assertThat(database.taken()).containsExactly("image 1 [{\"op\": \"delete\"}]");
        }
    }

    @Test
    void aChangeOfTheKeyDeletesTheOldAndInsertsTheNew() throws SQLException {
        try (TestDatabase database = TestDatabase.with(IMAGE).applied(DIRECT)) {
            database.run("INSERT INTO \"Image\" VALUES (1, 8, NULL, 'x')");
            database.taken();

            database.run("UPDATE \"Image\" SET id = 2");

            assertThat(database.taken())
                    .containsExactly(
                            "image 1 [{\"op\": \"delete\"}]",
                            "image 2 [{\"op\": \"set\", \"field\": \"n\", \"value\": 8}, {\"op\": \"set\", \"field\": \"twice\", \"value\": 16}] +");
        }
    }

    @Test
    void aRolledBackChangeLeavesNothing() throws SQLException {
        try (TestDatabase database = TestDatabase.with(IMAGE).applied(DIRECT)) {
            database.run("BEGIN");
            database.run("INSERT INTO \"Image\" VALUES (1, 8, NULL, 'x')");
            database.run("ROLLBACK");

            assertThat(database.taken()).isEmpty();
        }
    }

    @Test
    void aJoinRowIsAMemberAsLongAsItsFilterHolds() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TAG).applied(MEMBERS)) {
            database.run("INSERT INTO tag VALUES (1, 42, false), (1, 43, true), (1, 44, NULL)");
            assertThat(database.taken()).containsExactly(member("1", "add", 42));

            database.run("UPDATE tag SET off = true WHERE tag = 42");
            assertThat(database.taken()).containsExactly(member("1", "remove", 42));

            database.run("UPDATE tag SET off = false WHERE tag = 43");
            assertThat(database.taken()).containsExactly(member("1", "add", 43));

            database.run("DELETE FROM tag");
            assertThat(database.taken()).containsExactly(member("1", "remove", 43));
        }
    }

    @Test
    void aJoinRowMayChangeItsMemberAndItsKey() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TAG).applied(MEMBERS)) {
            database.run("INSERT INTO tag VALUES (1, 42, false)");
            database.taken();

            database.run("UPDATE tag SET tag = 50");
            database.run("UPDATE tag SET image = 2");
            database.run("UPDATE tag SET image = 2");
            database.run("UPDATE tag SET tag = NULL");

            assertThat(database.taken())
                    .containsExactly(
                            member("1", "remove", 42),
                            member("1", "add", 50),
                            member("1", "remove", 50),
                            member("2", "add", 50),
                            member("2", "remove", 50));
        }
    }

    @Test
    void aFanOutSendsItsChangesWithTheQueryFilledIn() throws SQLException {
        try (TestDatabase database = TestDatabase.with(POST).applied(FAN_OUT)) {
            database.run("INSERT INTO post VALUES (5, 'a', NULL)");
            database.run("UPDATE post SET title = 'b'");
            database.run("UPDATE post SET title = 'b'");
            database.run("UPDATE post SET title = NULL");

            assertThat(nested(database))
                    .containsExactly(
                            "postId eq 5 [{\"op\": \"set\", \"field\": \"title\", \"value\": \"a\"}]",
                            "postId eq 5 [{\"op\": \"set\", \"field\": \"title\", \"value\": \"b\"}]",
                            "postId eq 5 [{\"op\": \"unset\", \"field\": \"title\"}]");
        }
    }

    @Test
    void aFanOutWithAnotherQuerySendsEverything() throws SQLException {
        try (TestDatabase database = TestDatabase.with(POST).applied(FAN_OUT)) {
            database.run("INSERT INTO post VALUES (5, 'a', NULL)");
            database.run("DELETE FROM tidemark.outbox");

            database.run("UPDATE post SET id = 6");

            assertThat(nested(database))
                    .containsExactly(
                            "postId eq 6 [{\"op\": \"set\", \"field\": \"title\", \"value\": \"a\"}, {\"op\": \"unset\", \"field\": \"live\"}]");
        }
    }

    @Test
    void textsInAQueryAreQuotedAsItsGrammarWants() throws SQLException {
        String byTitle = "- {table: post, query: 'title eq {title} AND kind eq \"x\"', track_fields: [id]}\n";
        try (TestDatabase database = TestDatabase.with(POST).applied(byTitle)) {
            database.run("INSERT INTO post VALUES (5, 'it''s \"5\" AND \\ kind eq 1', NULL)");

            String query = database.strings("SELECT ops->0->>'query' FROM tidemark.outbox")
                    .get(0);
            assertThat(Query.parse(query).terms())
                    .extracting(Query.Term::values)
                    .containsExactly(List.of("\"it's \\\"5\\\" AND \\\\ kind eq 1\""), List.of("\"x\""));
        }
    }

    @Test
    void aQuerySourceIsFilledIn() throws SQLException {
        String model = "- {table: post, query: 'mv in {versions}', track_fields: [title],"
                + " query_source: 'SELECT jsonb_agg(v.id ORDER BY v.id) FROM version v WHERE v.model = {id}'}\n";
        String version = "CREATE TABLE version (id int, model bigint)";
        try (TestDatabase database = TestDatabase.with(POST, version).applied(model)) {
            database.run("INSERT INTO version VALUES (1, 5), (2, 5), (3, 6)");

            database.run("INSERT INTO post VALUES (5, 'a', NULL), (7, 'matches nothing', NULL)");

            assertThat(nested(database))
                    .containsExactly("mv in [1, 2] [{\"op\": \"set\", \"field\": \"title\", \"value\": \"a\"}]");
        }
    }

    @Test
    void aFanOutPerRowFixesItsRowsInTheWritersTransaction() throws SQLException {
        try (TestDatabase database = TestDatabase.with(IMAGE, POST).applied(PER_ROW)) {
            database.run("INSERT INTO \"Image\" VALUES (1, 0, 5, ''), (2, 0, 5, ''), (3, 0, 6, ''), (NULL, 0, 5, '')");
            database.run("INSERT INTO post VALUES (5, 'a', NULL)");
            assertThat(database.taken()).containsExactly(title("1", "a"), title("2", "a"));

            database.run("UPDATE post SET title = 'b'");
            database.run("UPDATE post SET live = now()");
            database.run("INSERT INTO \"Image\" VALUES (4, 0, 5, '')");

            assertThat(database.taken()).containsExactly(title("1", "b"), title("2", "b"));
        }
    }

    @Test
    void aTruncateIsRefusedAndSaysWhatToDo() throws SQLException {
        try (TestDatabase database = TestDatabase.with(IMAGE).applied(DIRECT)) {
            assertThatThrownBy(() -> database.run("TRUNCATE \"Image\""))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("TRUNCATE of public.Image is refused")
                    .hasMessageContaining("Use DELETE");
        }
    }

    @Test
    void sessionsThatApplyReplicationAreCapturedToo() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TAG).applied(MEMBERS)) {
            database.run("SET session_replication_role = replica");
            database.run("INSERT INTO tag VALUES (1, 42, false)");

            assertThat(database.taken()).containsExactly(member("1", "add", 42));
            assertThatThrownBy(() -> database.run("TRUNCATE tag")).hasMessageContaining("refused");
        }
    }

    @Test
    void aWriterNeedsNoRightsOnTheOutbox() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TAG).applied(MEMBERS)) {
            database.run("CREATE ROLE writer_without_rights");
            database.run("GRANT INSERT ON tag TO writer_without_rights");
            database.run("SET ROLE writer_without_rights");
            database.run("INSERT INTO tag VALUES (1, 42, false)");
            assertThatThrownBy(() -> database.run("SELECT tidemark.emit('a', 'b', '[]', true)"))
                    .hasMessageContaining("permission denied");
            database.run("RESET ROLE");

            assertThat(database.taken()).containsExactly(member("1", "add", 42));
            database.run("REVOKE ALL ON tag FROM writer_without_rights");
            database.run("DROP ROLE writer_without_rights");
        }
    }

    private static String member(String key, String op, int value) {
        return "image " + key + " [{\"op\": \"" + op + "\", \"field\": \"tagIds\", \"value\": " + value + "}]";
    }

    private static String title(String key, String title) {
        return "image " + key + " [{\"op\": \"set\", \"field\": \"title\", \"value\": \"" + title + "\"}]";
    }

    private static List<String> nested(TestDatabase database) throws SQLException {
        return database.strings("SELECT (ops->0->>'query') || ' ' || (ops->0->'ops') FROM tidemark.outbox"
                + " WHERE ops->0->>'op' = 'apply_where' AND ops->0->>'entity' = 'image' ORDER BY id");
    }
}
