package dev.tidemark.cli.it;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Hash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A reader's copy of a project, made of nothing but the pages it was given. Invariants, checked with every change: seqs only
 * rise, so that nothing comes twice; the hash of a change is that of its payload.
 */
final class ServedCopy {
    private final String project;
    private final TreeMap<String, Hash> hashes = new TreeMap<>();
    private final List<JsonNode> changes = new ArrayList<>();
    private long lastSeq = -1;
    private String cursor = "";
    private JsonNode head = Reply.JSON.createObjectNode();
    private boolean atHead;

    ServedCopy(String project) {
        this.project = project;
    }

    /** @return whether the page left nothing */
    boolean apply(JsonNode page) {
        page.path("changes").forEach(this::change);
        cursor = page.path("cursor").asText();
        head = page.path("head");
        atHead = !page.path("has_more").asBoolean();
        return atHead;
    }

    private void change(JsonNode change) {
        long seq = change.path("seq").asLong();
        if (seq <= lastSeq) throw new AssertionError("seq " + seq + " came after " + lastSeq);
        lastSeq = seq;
        changes.add(change);
        String path = EntityPath.of(
                project,
                change.path("entity").asText(),
                change.path("entity_key").asText());
        if (change.path("op").asText().equals("delete")) {
            hashes.remove(path);
            return;
        }
        Hash hash = Hashes.image(CanonicalJson.of(change.path("payload").toString()));
        if (!hash.hex().equals(change.path("hash").asText()))
            throw new AssertionError("the payload at seq " + seq + " does not have its hash");
        hashes.put(path, hash);
    }

    /** Pulls until a page leaves nothing. */
    ServedCopy readToHead(ProjectApi from, String query) {
        while (!apply(from.pulled(query + position()))) continue;
        return this;
    }

    private String position() {
        return cursor.isEmpty() ? "" : "&cursor=" + cursor;
    }

    String cursor() {
        return cursor;
    }

    boolean isAtHead() {
        return atHead;
    }

    long lastSeq() {
        return lastSeq;
    }

    /** As the last page said. */
    JsonNode head() {
        return head;
    }

    /** All that was ever shown, in order. */
    List<JsonNode> changes() {
        return changes;
    }

    int size() {
        return hashes.size();
    }

    /** Recomputed from the payloads. */
    String digest() {
        Digest digest = Digest.ZERO;
        for (Map.Entry<String, Hash> entity : hashes.entrySet())
            digest = digest.plus(Hashes.entry(entity.getKey(), entity.getValue()));
        return digest.hex();
    }
}
