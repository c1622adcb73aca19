package dev.tidemark.testkit;

import dev.tidemark.algebra.PageRow;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Ordinal;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/** The change index in memory: the latest record of each entity by seq. Pages are cut by the algebra. */
public final class ChangeIndex {
    private static final long BYTES_MAX = 1_000_000;

    private final NavigableMap<CloudSeq, Row> rows = new TreeMap<>();
    private final Map<EntityId, CloudSeq> seqs = new HashMap<>();
    private CloudSeq horizon = CloudSeq.NONE;

    public ChangeIndex() {}

    public ChangeIndex(ChangeIndex other) {
        rows.putAll(other.rows);
        seqs.putAll(other.seqs);
        horizon = other.horizon;
    }

    /** A record as the page rules see it. */
    public record Row(LogRecord record) implements PageRow {
        @Override
        public CloudSeq seq() {
            return record.seq();
        }

        @Override
        public Ordinal ordinal() {
            return record.ordinal();
        }

        @Override
        public Digest digest() {
            return record.change().meta().digest();
        }

        @Override
        public long count() {
            return record.change().meta().count();
        }

        @Override
        public String entity() {
            return record.id().entity();
        }

        @Override
        public int bytes() {
            String image = record.image();
            return image == null ? 0 : image.length();
        }

        public boolean isDelete() {
            return record.change().meta().op() == ChangeOp.DELETE;
        }
    }

    public void add(LogRecord record) {
        CloudSeq old = seqs.put(record.id(), record.seq());
        if (old != null) rows.remove(old);
        rows.put(record.seq(), new Row(record));
    }

    /**
     * Every delete at or below the seq but the head goes; the horizon is the highest that went.
     *
     * @return those that went
     */
    public List<CloudSeq> purge(CloudSeq to) {
        List<CloudSeq> purged = rows.headMap(to, true).values().stream()
                .filter(row -> row.isDelete() && !row.seq().equals(head()))
                .map(Row::seq)
                .toList();
        purged.forEach(rows::remove);
        if (!purged.isEmpty()) horizon = purged.get(purged.size() - 1);
        return purged;
    }

    public CloudSeq horizon() {
        return horizon;
    }

    public CloudSeq head() {
        return rows.isEmpty() ? CloudSeq.NONE : rows.lastKey();
    }

    public Collection<Row> rows() {
        return rows.values();
    }

    public boolean isExpired(Cursor cursor) {
        return PageRules.isBelowHorizon(cursor, horizon);
    }

    /** @param entities types shown; empty: all */
    public PageRules.Page<Row> page(Cursor from, int rowsMax, Set<String> entities) {
        PageRules.Limits limits = new PageRules.Limits(rowsMax, Integer.MAX_VALUE, BYTES_MAX);
        return PageRules.cut(from, rows.tailMap(from.seq(), true).values().iterator(), entities, limits);
    }
}
