package dev.tidemark.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** FULL_TRANSITIVE: every version of a subject reads what every other version of it wrote. */
class SchemaCompatibilityTest {
    private static final EmbeddedSchemas SCHEMAS = new EmbeddedSchemas();

    static List<String> subjects() {
        return SCHEMAS.subjects();
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void everyVersionReadsEveryOther(String subject) {
        List<Schema> versions = versions(subject);
        for (Schema reader : versions)
            for (Schema writer : versions) {
                var result = SchemaCompatibility.checkReaderWriterCompatibility(reader, writer);
                assertThat(result.getType()).as(result.getDescription()).isEqualTo(SchemaCompatibilityType.COMPATIBLE);
            }
    }

    @ParameterizedTest
    @MethodSource("subjects")
    void theCurrentFileIsTheNewestVersion(String subject) {
        EmbeddedSchemas.Version newest = SCHEMAS.latest(subject).orElseThrow();

        assertThat(newest.text())
                .as("a changed schema is a new version: see README.md, how to evolve a schema")
                .isEqualTo(SchemaFiles.text(newest.schema().getName() + ".avsc"));
    }

    @Test
    void everyFileIsInTheCatalogue() {
        List<String> inCatalogue = SCHEMAS.subjects().stream()
                .map(subject -> SCHEMAS.latest(subject).orElseThrow().schema().getName() + ".avsc")
                .toList();

        assertThat(filesIn("src/main/avro")).containsExactlyInAnyOrderElementsOf(inCatalogue);
    }

    @Test
    void everyVersionFileIsInTheCatalogue() {
        List<String> inCatalogue = SCHEMAS.subjects().stream()
                .flatMap(subject -> SCHEMAS.versions(subject).stream()
                        .map(version -> SCHEMAS.version(subject, version).orElseThrow()))
                .map(version -> version.schema().getName() + "-" + version.version() + ".avsc")
                .toList();

        assertThat(filesIn("src/main/resources/dev/tidemark/wire/versions"))
                .containsExactlyInAnyOrderElementsOf(inCatalogue);
    }

    private static List<Schema> versions(String subject) {
        return SCHEMAS.versions(subject).stream()
                .map(version -> SCHEMAS.version(subject, version).orElseThrow().schema())
                .toList();
    }

    private static List<String> filesIn(String folder) {
        try (Stream<Path> files = Files.list(Path.of(folder))) {
            return files.map(file -> file.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
