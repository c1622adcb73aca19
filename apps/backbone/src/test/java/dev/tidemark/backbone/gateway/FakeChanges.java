package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.topology.query.CursorUnusable;
import dev.tidemark.topology.store.ChangeRow;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A change index in memory: every record of a project, none superseded. */
final class FakeChanges implements ChangeSource {
    static final Epoch EPOCH = new Epoch(7);

    private static final String HASH = "ab".repeat(32);

    private final Map<String, List<ChangeRow>> byProject = new ConcurrentHashMap<>();
    final AtomicInteger reads = new AtomicInteger();
    volatile RuntimeException failure;

    /** The project's next record; its seq is twice its ordinal. */
    ChangeRow add(String project, String entity, String payload) {
        List<ChangeRow> rows = byProject.computeIfAbsent(project, name -> new CopyOnWriteArrayList<>());
        ChangeRow row = row(rows.size() + 1, entity, "k" + rows.size(), payload);
        rows.add(row);
        return row;
    }

    static ChangeRow row(long ordinal, String entity, String key, String payload) {
        long seq = 2 * ordinal;
        String before = "{\"seq\":" + seq + ",\"version\":1,\"entity\":\"" + entity + "\",\"entity_key\":\"" + key
                + "\",\"op\":\"upsert\",\"payload\":";
        String between = ",\"hash\":\"";
        String after = "\",\"origins\":[],\"committed_at\":\"2026-11-20T05:00:00Z\"}";
        int start = utf8(before).length;
        int end = start + utf8(payload).length;
        int hash = end + utf8(between).length;
        return new ChangeRow(
                new CloudSeq(seq),
                new Ordinal(ordinal),
                new Digest(0, ordinal),
                ordinal,
                ChangeOp.UPSERT,
                entity,
                key,
                1,
                0,
                new ChangeRow.Slice(start, end),
                new ChangeRow.Slice(hash, hash + HASH.length()),
                utf8(before + payload + between + HASH + after));
    }

    @Override
    public Cursor beginning(String project, Collection<String> entities) {
        return Cursor.earliest(project, EPOCH, CursorToken.filterHash(entities));
    }

    @Override
    public PageRules.Page<ChangeRow> page(
            String project, Cursor cursor, Collection<String> entities, PageRules.Limits limits) {
        reads.incrementAndGet();
        check(project, cursor, entities);
        List<ChangeRow> rows = byProject.getOrDefault(project, List.of());
        return PageRules.cut(
                cursor,
                rows.stream().filter(row -> !cursor.seq().isAfter(row.seq())).iterator(),
                new TreeSet<>(entities),
                limits);
    }

    @Override
    public void check(String project, Cursor cursor, Collection<String> entities) {
        if (failure != null) throw failure;
        long last = 2L * byProject.getOrDefault(project, List.of()).size();
        if (!cursor.epoch().equals(EPOCH)) throw new CursorUnusable(CursorUnusable.EXPIRED, "another epoch");
        if (cursor.filterHash() != CursorToken.filterHash(entities))
            throw new CursorUnusable(CursorUnusable.INVALID, "another filter");
        if (cursor.seq().value() > Math.max(0, last)) throw new CursorUnusable(CursorUnusable.AHEAD, "beyond the end");
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
