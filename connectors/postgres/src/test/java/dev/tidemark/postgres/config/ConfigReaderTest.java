package dev.tidemark.postgres.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tidemark.postgres.config.TableSource.Direct;
import dev.tidemark.postgres.config.TableSource.FanOut;
import dev.tidemark.postgres.config.TableSource.FanOutPerRow;
import dev.tidemark.postgres.config.TableSource.MultiValue;
import dev.tidemark.postgres.config.TableSource.OnDelete;
import dev.tidemark.postgres.config.TableSource.OnInsert;
import dev.tidemark.postgres.config.TableSource.Table;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigReaderTest {
    private static final String HEAD = "project: p\nentity: image\nsync_sources:\n";

    @Test
    void theSixTablesOfTheReferenceLoadAsTheyAre() throws IOException {
        SourceConfig config = ConfigReader.read("six-tables.yaml", sixTables());

        assertThat(config.tables())
                .extracting(each -> each.getClass().getSimpleName())
                .containsExactly("Direct", "MultiValue", "MultiValue", "MultiValue", "FanOut", "FanOut");
        Direct image = (Direct) config.tables().get(0);
        assertThat(image.fields()).hasSize(10);
        assertThat(image.fields().get(7))
                .isEqualTo(new TrackedField("existedAt", new Expression("GREATEST({scannedAt}, {createdAt})")));
        assertThat(image.onInsert()).isEqualTo(OnInsert.CREATE_ENTITY);
        assertThat(image.onDelete()).isEqualTo(OnDelete.DELETE_ENTITY);
    }

    @Test
    void topLevelKeysHaveTheirDefaults() throws IOException {
        SourceConfig config = ConfigReader.read("six-tables.yaml", sixTables());

        assertThat(config.source()).isEqualTo("postgres");
        assertThat(config.schema()).isEqualTo("tidemark");
        assertThat(config.outboxRowsMax()).isEqualTo(10_000_000);
    }

    @Test
    void laterKeysLoad() {
        SourceConfig config = read("""
                - {table: Post, entity: post, type: fan_out_per_row, rows_from: {table: Image, fk: postId},
                   track_fields: [{column: publishedAt, target: publishedAtUnix, expression: "extract(epoch from {publishedAt})"}]}
                - {table: Model, query: "mv in {mvs}", query_source: "SELECT jsonb_agg(v.id) FROM v WHERE v.m = {id}",
                   computed_fields: [{target: big, expression: "{size} > 5", value: "yes"}]}
                - {table: T, table_schema: s, slot_field: i, field: f, value_field: v, filter: "{ok}", create: true}
                """);

        FanOutPerRow post = (FanOutPerRow) config.tables().get(0);
        assertThat(post.entity()).isEqualTo("post");
        assertThat(post.rowsFrom())
                .isEqualTo(new TableSource.RowsFrom(new Table("public", "Image"), "postId", "id", "id"));
        assertThat(post.fields().get(0).field()).isEqualTo("publishedAtUnix");
        FanOut model = (FanOut) config.tables().get(1);
        assertThat(model.querySource()).isPresent();
        assertThat(model.fields().get(0).value().text()).isEqualTo("CASE WHEN ({size} > 5) THEN 'yes'::text END");
        MultiValue member = (MultiValue) config.tables().get(2);
        assertThat(member.table().schema()).isEqualTo("s");
        assertThat(member.onInsert()).isEqualTo(OnInsert.CREATE_ENTITY);
    }

    @Test
    void anAliasIsSplitOffAtTheLastAs() {
        assertThat(TrackedField.parse("cast({a} AS text) As b"))
                .isEqualTo(new TrackedField("b", new Expression("cast({a} AS text)")));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{table: T, type: fan_out_per_row, track_fields: [a]} | needs `rows_from`",
                "{table: T, type: fan_out, rows_from: {table: C, fk: t}, track_fields: [a]} | change one of them",
                "{table: T, field: f, slot_field: i, value_field: v, rows_from: {table: C, fk: t}} | `rows_from` is not for a multi",
                "{table: T, query: 'a eq 1', rows_from: {table: C, fk: t}, track_fields: [a]} | `query` is not for a fan-out per",
                "{table: T, slot_field: i, track_fields: [a], shared_ops_fields: [x]} | shared_ops_fields",
                "{table: T, slot_field: i} | needs `track_fields`",
                "{table: T, track_fields: [a]} | needs `slot_field`",
                "{table: T, slot_field: i, track_fields: [a, '{b} as a']} | given twice",
                "{table: T, slot_field: i, track_fields: ['{b}; DROP TABLE t as a']} | no semicolon",
                "{table: T, query: 'a eq ''{id}''', track_fields: [a]} | in quotes",
                "{table: T, query: 'a = {id}', track_fields: [a]} | expected eq or in",
                "{table: T, slot_field: i, field: f, value_field: v, filter: 'ok'} | in braces",
                "{table: T, slot_field: i, track_fields: [a], on_delete: keep} | on_delete",
                "{table: T, table: U, slot_field: i, track_fields: [a]} | twice",
            })
    void aContradictionIsRefusedWithItsPlace(String entry, String reason) {
        ConfigRefused refused = refused("- {table: Good, slot_field: id, track_fields: [a]}\n- " + entry + "\n");

        assertThat(refused.problems()).anySatisfy(problem -> {
            assertThat(problem.toString()).contains(reason).startsWith("c.yaml:5: /sync_sources/1");
            assertThat(problem.line()).isEqualTo(5);
        });
    }

    @Test
    void theSameCapturedTwiceIsRefused() {
        String entry = "- {table: T, slot_field: i, track_fields: [a]}\n";

        assertThat(refused(entry + entry).getMessage())
                .contains("c.yaml:5: /sync_sources/1: captures the same as entry 0");
    }

    @Test
    void everyProblemIsSaidAtOnce() {
        ConfigRefused refused = refused("- {table: A}\n- {table: B, query: 'x', track_fields: [a]}\n");

        assertThat(refused.problems()).extracting(ConfigProblem::line).contains(4, 5);
    }

    @Test
    void whatIsNotYamlIsRefusedWithItsLine() {
        assertThat(refused("- {table: A\n").getMessage()).startsWith("c.yaml:").contains("not YAML");
    }

    @Test
    void theHashIsOfTheMeaningAndNotOfTheText() {
        String hash = read("- {table: T, slot_field: i, track_fields: [a]}\n").hash();

        assertThat(read("- {slot_field: 'i',   table: T, track_fields: [a]}  # same\n")
                        .hash())
                .isEqualTo(hash);
        assertThat(read("- {table: T, slot_field: i, track_fields: [b]}\n").hash())
                .isNotEqualTo(hash);
    }

    private static SourceConfig read(String entries) {
        return ConfigReader.read("c.yaml", HEAD + entries);
    }

    private static ConfigRefused refused(String entries) {
        return Objects.requireNonNull(catchThrowableOfType(ConfigRefused.class, () -> read(entries)), "was accepted");
    }

    private static String sixTables() throws IOException {
        try (var in = Objects.requireNonNull(ConfigReaderTest.class.getResourceAsStream("../six-tables.yaml"))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void problemsComeInTheOrderOfTheFile() {
        List<Integer> lines = refused("- {table: A}\n- {table: B}\n- {table: C}\n").problems().stream()
                .map(ConfigProblem::line)
                .toList();

        assertThat(lines).isSorted();
    }
}
