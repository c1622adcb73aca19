package dev.tidemark.testkit;

import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Ordinal;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What Materialize serves of a project (semantics, section 7): the latest record of each entity, walked anew for each page. */
public final class ReferenceReader {
    private final ReferenceModel model;
    private CloudSeq horizon = CloudSeq.NONE;

    public ReferenceReader(ReferenceModel model) {
        this.model = model;
    }

    /** @param digest of the project at {@code cursor}, and so {@code count} */
    public record Page(List<LogRecord> rows, Cursor cursor, boolean hasMore, Digest digest, long count) {}

    /** Latest record of each entity, in seq order; deletes go with the horizon, but never the head. */
    public List<LogRecord> rows() {
        Map<EntityId, LogRecord> latest = new HashMap<>();
        for (LogRecord record : model.log()) latest.put(record.id(), record);
        return latest.values().stream()
                .filter(record -> !isPurged(record))
                .sorted(Comparator.comparing(LogRecord::seq))
                .toList();
    }

    /** Purges every delete at or below the seq but the head; the horizon is the highest one purged. */
    public void purge(CloudSeq to) {
        for (LogRecord row : rows())
            if (isDelete(row) && !row.seq().isAfter(to) && !row.ordinal().equals(model.head())) horizon = row.seq();
    }

    public CloudSeq horizon() {
        return horizon;
    }

    /** Where a full read begins: its floor is the head now. */
    public Cursor beginning() {
        ReferenceModel.Settings settings = model.settings();
        CloudSeq head = model.log().isEmpty()
                ? CloudSeq.NONE
                : model.log().get(model.log().size() - 1).seq();
        return new Cursor(settings.project(), settings.epoch(), CloudSeq.NONE, Ordinal.NONE, false, head, 0);
    }

    /** Whether something that a reader needs from there on may be gone. */
    public boolean isExpired(Cursor cursor) {
        if (!cursor.epoch().equals(model.settings().epoch())) return true;
        return horizon.isAfter(cursor.seq()) && horizon.isAfter(cursor.floor());
    }

    /**
     * @param from null: the beginning of a full read
     * @return empty: the cursor is expired
     */
    public Optional<Page> page(@Nullable Cursor from, int limit) {
        Cursor start = from == null ? beginning() : from;
        if (isExpired(start)) return Optional.empty();
        List<LogRecord> behind =
                rows().stream().filter(row -> row.seq().isAfter(start.seq())).toList();
        List<LogRecord> shown = behind.subList(0, Math.min(limit, behind.size()));
        return Optional.of(page(start, shown, behind.size() > shown.size()));
    }

    private Page page(Cursor from, List<LogRecord> shown, boolean hasMore) {
        if (model.log().isEmpty())
            return new Page(List.of(), at(from, from.seq(), from.ordinal(), true), false, Digest.ZERO, 0);
        LogRecord last = shown.isEmpty() ? recordAt(from.seq()) : shown.get(shown.size() - 1);
        return new Page(
                shown,
                at(from, last.seq(), last.ordinal(), !hasMore),
                hasMore,
                last.change().meta().digest(),
                last.change().meta().count());
    }

    private LogRecord recordAt(CloudSeq seq) {
        return model.log().stream()
                .filter(record -> record.seq().equals(seq))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no record at " + seq));
    }

    private static Cursor at(Cursor from, CloudSeq seq, Ordinal ordinal, boolean complete) {
        return new Cursor(from.project(), from.epoch(), seq, ordinal, complete, from.floor(), from.filterHash());
    }

    private boolean isPurged(LogRecord record) {
        return isDelete(record) && !record.seq().isAfter(horizon);
    }

    private static boolean isDelete(LogRecord record) {
        return record.change().meta().op() == ChangeOp.DELETE;
    }
}
