package dev.tidemark.cli.it;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;

/**
 * A history of the shape of the real ones: commits of many authors, some of them busy, each touching a few files of a growing
 * tree; removals, files that come back, and mutations that change nothing.
 */
final class MadeUpHistory {
    private static final int MUTATIONS = 20_000;
    private static final int AUTHORS = 150;
    private static final int FILES = 2_500;
    private static final int PER_COMMIT_MAX = 12;

    private final String project;
    private final Random random;
    private final long[] localSeqs = new long[AUTHORS];
    private final TreeMap<String, String> tree = new TreeMap<>();
    private final List<String> lines = new ArrayList<>();

    MadeUpHistory(String project, long seed) {
        this.project = project;
        this.random = new Random(seed);
    }

    void write(Path file, Path expected) {
        for (int commit = 0; lines.size() < MUTATIONS; commit++) commit(commit);
        gzip(file, lines);
        gzip(expected, tree.values());
    }

    private void commit(int number) {
        // The square makes a few authors write most of it.
        int author = (int) (AUTHORS * Math.pow(random.nextDouble(), 2));
        for (int left = 1 + random.nextInt(PER_COMMIT_MAX); left > 0; left--) mutation(author, number);
    }

    private void mutation(int author, int commit) {
        String key = "src/d" + random.nextInt(40) + "/f" + random.nextInt(FILES) + ".txt";
        ObjectNode json = Reply.JSON
                .createObjectNode()
                .put("project", project)
                .put("replica", String.format("r-%08x", author))
                .put("local_seq", localSeqs[author] += 1 + random.nextInt(2))
                .put("entity", "file")
                .put("entity_key", key)
                .put(
                        "occurred_at",
                        OffsetDateTime.of(2020, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC)
                                .plusMinutes(commit)
                                .toString());
        if (random.nextInt(12) == 0) delete(json, key);
        else upsert(json, key, commit);
        lines.add(json.toString());
    }

    private void delete(ObjectNode json, String key) {
        json.put("op", "delete");
        tree.remove(key);
    }

    private void upsert(ObjectNode json, String key, int commit) {
        String blob = String.format("%040x", random.nextInt(100) == 0 ? 7 : random.nextLong() >>> 1);
        String mode = random.nextInt(20) == 0 ? "100755" : "100644";
        json.put("op", "upsert");
        json.putObject("payload").put("blob", blob).put("mode", mode).put("commit", String.format("%040x", commit / 3));
        ObjectNode left = Reply.JSON
                .createObjectNode()
                .put("entity", "file")
                .put("entity_key", key)
                .put("blob", blob)
                .put("mode", mode);
        tree.put(key, left.toString());
    }

    private static void gzip(Path file, Iterable<String> lines) {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file), 64 << 10)) {
            for (String line : lines) out.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
