package dev.tidemark.postgres.apply;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.postgres.apply.Change.Action;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class ApplyIT {
    private static final String TABLE = "CREATE TABLE t (id bigint, a int, b int)";
    private static final String A = "- {table: t, slot_field: id, track_fields: [a]}\n";
    private static final String B = "- {table: t, slot_field: id, track_fields: [b]}\n";

    @Test
    void aPlanTouchesNothing() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TABLE)) {
            List<String> before = database.everything();

            assertThat(database.source(A).plan()).isNotEmpty();

            assertThat(database.everything()).isEqualTo(before);
        }
    }

    @Test
    void aSecondApplyDoesNothing() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TABLE)) {
            List<Change> planned = database.source(A).plan();

            assertThat(database.source(A).apply(change -> {})).isEqualTo(planned);

            assertThat(database.source(A).plan()).isEmpty();
            assertThat(database.source(A).apply(change -> {})).isEmpty();
        }
    }

    @Test
    void theSixTablesOfTheReferenceAreCaptured() throws SQLException, IOException {
        String yaml = sixTables();
        String entries = yaml.substring(yaml.indexOf("- {table"));
        try (TestDatabase database = TestDatabase.with(
                        "CREATE TABLE \"Image\" (id serial PRIMARY KEY, \"nsfwLevel\" int, type text, \"userId\" int, \"postId\" int,"
                                + " minor boolean, poi boolean, \"blockedFor\" text, \"scannedAt\" timestamp, \"createdAt\" timestamp, flags int)",
                        "CREATE TABLE \"TagsOnImageNew\" (\"imageId\" int, \"tagId\" int)",
                        "CREATE TABLE \"ImageTool\" (\"imageId\" int, \"toolId\" int)",
                        "CREATE TABLE \"ImageTechnique\" (\"imageId\" int, \"techniqueId\" int)",
                        "CREATE TABLE \"ModelVersion\" (id int, \"baseModel\" text)",
                        "CREATE TABLE \"Post\" (id int, \"publishedAt\" timestamp, availability text)")
                .applied(entries)) {
            database.run(
                    "INSERT INTO \"Image\" (flags, \"scannedAt\", \"createdAt\") VALUES (1 << 13, '2026-01-02', '2026-01-01')");

            assertThat(database.taken())
                    .singleElement()
                    .asString()
                    .contains("\"existedAt\", \"value\": \"2026-01-02T00:00:00\"")
                    .contains("\"hasMeta\", \"value\": true")
                    .contains("\"onSite\", \"value\": false");
        }
    }

    @Test
    void aChangedConfigReplacesTheFunctionAndLeavesTheTrigger() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TABLE).applied(A)) {
            List<Change> changes = database.source(B).apply(change -> {});

            assertThat(changes).extracting(Change::action).containsExactly(Action.REPLACE, Action.RECORD);
            database.run("INSERT INTO t VALUES (1, 2, 3)");
            assertThat(database.taken()).containsExactly("image 1 [{\"op\": \"set\", \"field\": \"b\", \"value\": 3}]");
        }
    }

    @Test
    void whatTheConfigNoLongerNamesIsDropped() throws SQLException {
        String more = "- {table: t, slot_field: id, field: members, value_field: b}\n";
        try (TestDatabase database = TestDatabase.with(TABLE).applied(A + more)) {
            List<Change> changes = database.source(A).apply(change -> {});

            assertThat(changes).extracting(Change::action).containsExactly(Action.DROP, Action.DROP, Action.RECORD);
            database.run("INSERT INTO t VALUES (1, 2, 3)");
            assertThat(database.taken()).hasSize(1);
        }
    }

    @Test
    void driftIsSeenAndMended() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TABLE).applied(A)) {
            String trigger = database.strings("SELECT tgname FROM pg_trigger WHERE tgtype = 21")
                    .get(0);
            database.run("ALTER TABLE t DISABLE TRIGGER " + trigger);
            database.run("CREATE OR REPLACE FUNCTION tidemark.refuse_truncate() RETURNS trigger LANGUAGE plpgsql"
                    + " AS 'BEGIN RETURN NULL; END'");

            SourceStatus status = database.source(A).status();

            assertThat(status.drift())
                    .extracting(Change::toString)
                    .containsExactly(
                            "replace function tidemark.refuse_truncate", "replace trigger " + trigger + " on public.t");
            database.source(A).apply(change -> {});
            assertThat(database.source(A).status().drift()).isEmpty();
            assertThatThrownBy(() -> database.run("TRUNCATE t")).hasMessageContaining("refused");
            database.run("INSERT INTO t VALUES (1, 2, 3)");
            assertThat(database.taken()).hasSize(1);
        }
    }

    @Test
    void statusSaysWhatWaits() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TABLE).applied(A)) {
            database.run("INSERT INTO t VALUES (1, 2, 3), (2, 2, 3)");
            database.run("UPDATE tidemark.outbox SET written_at = now() - interval '1 hour' WHERE id = 1");

            SourceStatus.OutboxState outbox =
                    database.source(A).status().outbox().orElseThrow();

            assertThat(outbox.rows()).isEqualTo(2);
            assertThat(outbox.oldestAgeMs()).isBetween(3_600_000L, 3_700_000L);
            assertThat(outbox.lostThrough()).isZero();
            assertThat(outbox.source()).isEqualTo("postgres");
        }
    }

    @Test
    void aTeardownLeavesNothingOfOursAndEverythingOfOthers() throws SQLException {
        try (TestDatabase database = TestDatabase.with(
                TABLE,
                "CREATE FUNCTION tidemark_t_mine() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END'",
                "CREATE TRIGGER tidemark_t_0123456789abcdef AFTER INSERT ON t FOR EACH ROW EXECUTE FUNCTION tidemark_t_mine()")) {
            List<String> before = database.everything();
            database.applied(A);

            database.source(A).teardown(change -> {});

            assertThat(database.everything()).isEqualTo(before);
            assertThat(database.source(A).teardown(change -> {})).isEmpty();
        }
    }

    @Test
    void aTeardownAfterTheTableWentIsWhole() throws SQLException {
        try (TestDatabase database = TestDatabase.with()) {
            List<String> before = database.everything();
            database.run(TABLE);
            database.applied(A);
            database.run("DROP TABLE t");

            database.source(A).teardown(change -> {});

            assertThat(database.everything()).isEqualTo(before);
        }
    }

    @Test
    void aSchemaThatIsNotOursIsLeftAlone() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TABLE, "CREATE SCHEMA tidemark")) {
            assertThatThrownBy(() -> database.applied(A))
                    .isInstanceOf(SourceRefused.class)
                    .hasMessageContaining("schema tidemark is there and was not made by");
        }
    }

    @Test
    void whatIsNotThereIsNamed() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TABLE)) {
            List<String> before = database.everything();

            assertThatThrownBy(
                            () -> database.applied("- {table: t, slot_field: key, track_fields: [a, '{z} + 1 as x']}\n"
                                    + "- {table: u, query: 'a eq {id}', track_fields: [a]}\n"))
                    .isInstanceOf(SourceRefused.class)
                    .hasMessageContaining("table public.t has no column key")
                    .hasMessageContaining("table public.t has no column z")
                    .hasMessageContaining("there is no table public.u");
            assertThat(database.everything()).isEqualTo(before);
        }
    }

    @Test
    void anExpressionThatWouldFailWritersIsRefused() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TABLE)) {
            assertThatThrownBy(() -> database.applied(
                            "- {table: t, slot_field: id, track_fields: ['a + 1 as x', '{a} || as y']}\n"))
                    .isInstanceOf(SourceRefused.class)
                    .hasMessageContaining("`a + 1` is no expression")
                    .hasMessageContaining("`{a} ||` is no expression");
        }
    }

    @Test
    void aLockThatIsNotToBeHadIsSaidAndTheNextApplyGoesOn() throws SQLException {
        try (TestDatabase database = TestDatabase.with(TABLE);
                Connection other = database.another();
                Statement reader = other.createStatement()) {
            other.setAutoCommit(false);
            reader.execute("LOCK TABLE t IN ROW EXCLUSIVE MODE");

            assertThatThrownBy(() -> database.applied(A))
                    .isInstanceOf(SourceRefused.class)
                    .hasMessageContaining("its lock was not to be had");

            other.rollback();
            List<Change> rest = database.source(A).apply(change -> {});
            assertThat(rest).extracting(Change::action).containsExactly(Action.CREATE, Action.CREATE, Action.RECORD);
        }
    }

    @Test
    void hostileAndLongNamesAreNames() throws SQLException {
        String table = "a\"b'c; DROP TABLE t --\\ $tidemark$ ünï";
        String longOne = "ü".repeat(31);
        try (TestDatabase database = TestDatabase.with(
                TABLE,
                "CREATE TABLE \"" + table.replace("\"", "\"\"") + "\" (\"i\"\"d\" text, \"v'al\\ue\" int)",
                "CREATE TABLE \"" + longOne + "\" (id int, a int)",
                "CREATE TABLE \"" + longOne.substring(1) + "x\" (id int, a int)")) {
            String name = table.replace("\\", "\\\\").replace("\"", "\\\"");
            database.applied("- {table: \"" + name
                    + "\", slot_field: \"i\\\"d\", track_fields: [{column: \"v'al\\\\ue\", target: \"f'\\\\\\\"\"}]}\n"
                    + "- {table: " + longOne + ", slot_field: id, track_fields: [a]}\n"
                    + "- {table: " + longOne.substring(1) + "x, slot_field: id, track_fields: [a]}\n");

            database.run("INSERT INTO \"" + table.replace("\"", "\"\"") + "\" VALUES ('k''', 7)");
            database.run("INSERT INTO \"" + longOne + "\" VALUES (1, 1)");
            database.run("INSERT INTO \"" + longOne.substring(1) + "x\" VALUES (2, 2)");

            assertThat(database.taken())
                    .containsExactly(
                            "image k' [{\"op\": \"set\", \"field\": \"f'\\\\\\\"\", \"value\": 7}]",
                            "image 1 [{\"op\": \"set\", \"field\": \"a\", \"value\": 1}]",
                            "image 2 [{\"op\": \"set\", \"field\": \"a\", \"value\": 2}]");
            assertThat(database.strings("SELECT tgname FROM pg_trigger WHERE tgname LIKE 'tidemark%'"))
                    .hasSize(6)
                    .doesNotHaveDuplicates()
                    .allSatisfy(each -> assertThat(each).matches("(?s)tidemark_.*_[0-9a-f]{16}"));
            assertThat(database.source("- {table: t, slot_field: id, track_fields: [a]}\n")
                            .plan())
                    .isNotEmpty();
        }
    }

    private static String sixTables() throws IOException {
        try (var in = Objects.requireNonNull(ApplyIT.class.getResourceAsStream("../six-tables.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
