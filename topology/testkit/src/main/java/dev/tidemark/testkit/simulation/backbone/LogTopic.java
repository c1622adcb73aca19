package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.EntityId;
import dev.tidemark.testkit.LogRecord;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The project's partition of {@code tidemark.log}, read committed and compacted: of each key the last record survives, with those
 * younger than the lag; a delete goes when the horizon has passed it. Seqs are sparse, and those of an aborted transaction are lost.
 */
public final class LogTopic {
    private static final int GAP_MAX = 4;

    private final NavigableMap<CloudSeq, Committed> records = new TreeMap<>();
    private long end;

    /** A record and its append time. */
    public record Committed(LogRecord record, long timeMs) {}

    /** Gives the next place to a record that is not committed yet. */
    CloudSeq reserve() {
        end += 1 + end % GAP_MAX;
        return new CloudSeq(end - 1);
    }

    void commit(LogRecord record, long timeMs) {
        records.put(record.seq(), new Committed(record, timeMs));
    }

    /** Everything below that is committed, or lost. */
    public CloudSeq last() {
        return records.isEmpty() ? CloudSeq.NONE : records.lastKey();
    }

    /** The next surviving record; empty: there is none. */
    public Optional<Committed> after(CloudSeq seq) {
        return Optional.ofNullable(records.higherEntry(seq)).map(Map.Entry::getValue);
    }

    /**
     * @param untilMs what is younger stays
     * @param horizon deletes at or below it are past their retention
     * @param kept what is in there stays as well
     */
    void compact(long untilMs, CloudSeq horizon, Span kept) {
        Map<EntityId, CloudSeq> latest = new HashMap<>();
        records.forEach((seq, each) -> {
            if (each.timeMs < untilMs) latest.put(each.record.id(), seq);
        });
        CloudSeq head = last();
        records.values().removeIf(each -> !kept.contains(each.record.seq()) && isGone(each, latest, horizon, head));
    }

    /** Seqs above the one and up to the other. */
    record Span(CloudSeq above, CloudSeq to) {
        boolean contains(CloudSeq seq) {
            return seq.isAfter(above) && !seq.isAfter(to);
        }
    }

    private static boolean isGone(
            Committed each, Map<EntityId, CloudSeq> latest, CloudSeq horizon, CloudSeq head) {
        LogRecord record = each.record;
        CloudSeq last = latest.get(record.id());
        if (last != null && last.isAfter(record.seq())) return true;
        boolean isDelete = record.change().meta().op() == ChangeOp.DELETE;
        return isDelete && record.seq().equals(last) && !record.seq().isAfter(horizon) && !record.seq().equals(head);
    }
}
