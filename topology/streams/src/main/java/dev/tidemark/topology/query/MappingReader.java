package dev.tidemark.topology.query;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.UnifiedCursor;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;
import org.jspecify.annotations.Nullable;

/** The exact mapping between local seqs and cloud seqs, both ways. Thread-safe; every method may throw {@link NotServed}. */
public final class MappingReader {
    private final ServedStores stores;

    public MappingReader(ServedStores stores) {
        this.stores = stores;
    }

    /** Decided origins of a replica in that epoch with local seqs in [from, to], in order, at most {@code limit}. */
    public List<MappedOrigin> origins(ReplicaId replica, Epoch epoch, long from, long to, int limit) {
        List<MappedOrigin> found = new ArrayList<>();
        ReadOnlyKeyValueStore<Bytes, byte[]> store = stores.of(Names.OUTCOMES_BY_ORIGIN, replica.project());
        Bytes first = Keys.mapped(replica, epoch, from);
        try (KeyValueIterator<Bytes, byte[]> below = store.reverseRange(Keys.mapped(replica, epoch, 0), first)) {
            if (below.hasNext()) first = below.next().key;
        }
        try (KeyValueIterator<Bytes, byte[]> runs = store.range(first, Keys.mapped(replica, epoch, to))) {
            while (runs.hasNext() && found.size() < limit) {
                for (MappedOrigin origin :
                        MaterializeRows.run(runs.next().value).origins()) {
                    if (origin.localSeq() >= from && origin.localSeq() <= to && found.size() < limit) found.add(origin);
                }
            }
        } catch (InvalidStateStoreException e) {
            throw new NotServed("the partition is moving");
        }
        return found;
    }

    /** The record at a cloud seq; empty: there is none in this project, or it is past its retention. */
    public Optional<LoggedRecord> record(String project, CloudSeq seq) {
        ReadOnlyKeyValueStore<Bytes, byte[]> store = stores.of(Names.RECORDS_BY_ORDINAL, project);
        Bounds bounds = bounds(project, store);
        long low = bounds.first;
        long high = bounds.last;
        while (low <= high) {
            long middle = low + (high - low) / 2;
            LoggedRecord record = atOrAfter(project, store, middle, high);
            if (record == null) high = middle - 1;
            else if (record.seq().equals(seq)) return Optional.of(record);
            else if (record.seq().isAfter(seq)) high = middle - 1;
            else low = record.ordinal().value() + 1;
        }
        return Optional.empty();
    }

    /** When a record was appended, milliseconds since 1970; empty: it is not known. */
    public Optional<Long> committedMs(String project, Ordinal ordinal) {
        byte[] row = stores.of(Names.RECORDS_BY_ORDINAL, project).get(Keys.ordinal(project, ordinal));
        return row == null
                ? Optional.empty()
                : Optional.of(MaterializeRows.record(project, row).committedMs());
    }

    /** What rule B yields from a replica's own cursor. */
    public UnifiedCursor.Advance advance(Cursor from, String replica, String incarnation) {
        ReadOnlyKeyValueStore<Bytes, byte[]> store = stores.of(Names.RECORDS_BY_ORDINAL, from.project());
        return UnifiedCursor.advance(from, replica, incarnation, ordinal -> record(from.project(), store, ordinal));
    }

    private record Bounds(long first, long last) {}

    private static Bounds bounds(String project, ReadOnlyKeyValueStore<Bytes, byte[]> store) {
        Bytes from = Keys.numbered(project, 0);
        Bytes to = Keys.numbered(project, Long.MAX_VALUE);
        try (KeyValueIterator<Bytes, byte[]> up = store.range(from, to);
                KeyValueIterator<Bytes, byte[]> down = store.reverseRange(from, to)) {
            if (!up.hasNext() || !down.hasNext()) return new Bounds(1, 0);
            return new Bounds(Keys.number(up.next().key), Keys.number(down.next().key));
        }
    }

    private static @Nullable LoggedRecord atOrAfter(
            String project, ReadOnlyKeyValueStore<Bytes, byte[]> store, long from, long to) {
        try (KeyValueIterator<Bytes, byte[]> rows =
                store.range(Keys.numbered(project, from), Keys.numbered(project, to))) {
            if (!rows.hasNext()) return null;
            KeyValue<Bytes, byte[]> row = rows.next();
            return MaterializeRows.record(project, row.value).record();
        }
    }

    private static @Nullable LoggedRecord record(
            String project, ReadOnlyKeyValueStore<Bytes, byte[]> store, Ordinal ordinal) {
        byte[] row = store.get(Keys.ordinal(project, ordinal));
        return row == null ? null : MaterializeRows.record(project, row).record();
    }
}
