package dev.tidemark.bench.chaos.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.bench.chaos.evidence.Row;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Hash;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A reader's copy of a project, made of nothing but the pages it was given; its digest comes from the payloads. */
final class Copy {
    private final String project;
    private final Map<String, Hash> hashes = new HashMap<>();
    private Digest digest = Digest.ZERO;
    private @Nullable String token;
    private @Nullable Cursor cursor;

    Copy(String project) {
        this.project = project;
    }

    /** Cursor to go on from; null: from the beginning. */
    @Nullable
    String token() {
        return token;
    }

    /** -1: nothing yet. */
    long through() {
        return cursor == null ? -1 : cursor.seq().value();
    }

    Page apply(String reader, JsonNode json) {
        List<Row> rows = new ArrayList<>();
        for (JsonNode change : json.path("changes")) rows.add(row(change));
        Cursor from = cursor;
        String next = json.path("cursor").asText();
        Cursor to = CursorToken.decode(next);
        token = next;
        cursor = to;
        return new Page(reader, from, to, rows, json.path("has_more").asBoolean() ? null : end(json.path("head")));
    }

    private Page.End end(JsonNode head) {
        return new Page.End(head.path("seq").asLong(), head.path("digest").asText(), digest.hex());
    }

    private Row row(JsonNode change) {
        String path = EntityPath.of(
                project,
                change.path("entity").asText(),
                change.path("entity_key").asText());
        boolean isDelete = change.path("op").asText().equals("delete");
        Hash hash = isDelete
                ? null
                : Hashes.image(CanonicalJson.of(change.path("payload").toString()));
        Hash before = hash == null ? hashes.remove(path) : hashes.put(path, hash);
        if (before != null) digest = digest.minus(Hashes.entry(path, before));
        if (hash != null) digest = digest.plus(Hashes.entry(path, hash));
        String served = isDelete ? null : change.path("hash").asText();
        return new Row(change.path("seq").asLong(), path, served, hash == null ? null : hash.hex());
    }
}
