package dev.tidemark.postgres.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import dev.tidemark.algebra.CanonicalJson;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Reads a config: as YAML, then by its JSON Schema, then table by table. */
public final class ConfigReader {
    private static final String SCHEMA_FILE = "source-config.schema.json";
    private static final String TABLES = "sync_sources";

    private final LocatedYaml yaml;
    private final List<ConfigProblem> problems = new ArrayList<>();

    private ConfigReader(LocatedYaml yaml) {
        this.yaml = yaml;
    }

    /**
     * @param file what errors call it
     * @throws ConfigRefused with every problem found
     */
    public static SourceConfig read(String file, String text) {
        return new ConfigReader(new LocatedYaml(file, text)).read();
    }

    private SourceConfig read() {
        JsonNode json = yaml.json();
        for (Error error : schema().validate(json))
            problem(error.getInstanceLocation().toString(), says(error));
        stopAtProblems();
        if (json.path("transport").asText("outbox").equals("logical"))
            problem("/transport", "only the outbox can be read so far; leave transport out");
        List<TableSource> tables = tables(json.path(TABLES));
        stopAtProblems();
        return new SourceConfig(
                json.path("source").asText(SourceConfig.SOURCE_DEFAULT),
                json.path("project").asText(),
                json.path("schema").asText(SourceConfig.SCHEMA_DEFAULT),
                json.path("outbox_rows_max").asLong(SourceConfig.OUTBOX_ROWS_MAX_DEFAULT),
                tables,
                Sha256.hex(CanonicalJson.of(json.toString())));
    }

    private List<TableSource> tables(JsonNode entries) {
        List<TableSource> tables = new ArrayList<>();
        Map<String, Integer> seen = new HashMap<>();
        String entity = yaml.json().path("entity").asText("");
        for (int i = 0; i < entries.size(); i++) {
            String path = "/" + TABLES + "/" + i;
            TableReader reader = new TableReader(entries.get(i), entity, (at, what) -> problem(path + at, what));
            reader.read().ifPresent(tables::add);
            Integer before = seen.putIfAbsent(reader.identity(), i);
            if (before != null) problem(path, "captures the same as entry " + before + "; leave one of them");
        }
        return tables;
    }

    private void problem(String path, String what) {
        problems.add(yaml.problem(path, what));
    }

    private void stopAtProblems() {
        if (!problems.isEmpty()) throw new ConfigRefused(problems);
    }

    private static String says(Error error) {
        return error.getMessage() + "; the keys and their values are in connectors/postgres/README.md";
    }

    private static Schema schema() {
        try (InputStream in = Objects.requireNonNull(ConfigReader.class.getResourceAsStream(SCHEMA_FILE))) {
            String schema = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                    .getSchema(schema);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
