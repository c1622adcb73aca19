package dev.tidemark.cli.it;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/**
 * A history as a push file, and the state it must lead to. The real ones lie beside the checkout ({@code ../shared/data}, or
 * wherever {@code -Dtidemark.histories=DIR} says); where they do not, one of their shape is made up.
 */
final class History {
    private final String project;
    private final Path file;
    private final Path expected;
    private final List<Line> lines = new ArrayList<>();

    /** One mutation of the file. */
    record Line(String replica, long localSeq, String entity, String key) {}

    private History(String project, Path file, Path expected) {
        this.project = project;
        this.file = file;
        this.expected = expected;
        for (JsonNode json : jsonLines(file))
            lines.add(new Line(
                    json.path("replica").asText(),
                    json.path("local_seq").asLong(),
                    json.path("entity").asText(),
                    json.path("entity_key").asText()));
    }

    /** @param madeUp where one is written if the real one is not there */
    static History of(String project, Path madeUp) {
        Path real = real();
        Path file = real.resolve(project + ".mutations.ndjson.gz");
        if (Files.exists(file)) return new History(project, file, real.resolve(project + ".expected.ndjson.gz"));
        System.out.println("no real history " + project + " in " + real + ": a made-up one is pushed");
        return madeUp(project, madeUp, Seeds.next(History.class));
    }

    static History madeUp(String project, Path directory, long seed) {
        Path file = directory.resolve(project + ".mutations.ndjson.gz");
        Path expected = directory.resolve(project + ".expected.ndjson.gz");
        new MadeUpHistory(project, seed).write(file, expected);
        return new History(project, file, expected);
    }

    private static Path real() {
        String named = System.getProperty("tidemark.histories");
        if (named != null) return Path.of(named);
        Path root = Path.of(System.getProperty("tidemark.root", "../..")).toAbsolutePath();
        return root.resolveSibling("shared").resolve("data");
    }

    String project() {
        return project;
    }

    Path file() {
        return file;
    }

    List<Line> lines() {
        return lines;
    }

    /** Local seqs of every replica, in the order of the file. */
    Map<String, List<Line>> byReplica() {
        Map<String, List<Line>> all = new LinkedHashMap<>();
        for (Line line : lines)
            all.computeIfAbsent(line.replica(), replica -> new ArrayList<>()).add(line);
        return all;
    }

    /** Blob and mode of every entity that must be left at the end, by key. */
    TreeMap<String, String> expected() {
        TreeMap<String, String> expectedByKey = new TreeMap<>();
        for (JsonNode json : jsonLines(expected)) expectedByKey.put(keyOf(json), projected(json));
        return expectedByKey;
    }

    /** What an export says, projected the same way. */
    static TreeMap<String, String> exported(String ndjson) {
        TreeMap<String, String> byKey = new TreeMap<>();
        ndjson.lines().map(Reply::json).forEach(json -> byKey.put(keyOf(json), projected(json.path("payload"))));
        return byKey;
    }

    private static String keyOf(JsonNode json) {
        return json.path("entity").asText() + " " + json.path("entity_key").asText();
    }

    private static String projected(JsonNode json) {
        return json.path("blob").asText() + " " + json.path("mode").asText();
    }

    private static List<JsonNode> jsonLines(Path gzip) {
        try (BufferedReader reader = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(gzip)), StandardCharsets.UTF_8))) {
            return reader.lines().map(Reply::json).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
