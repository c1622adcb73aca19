package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.EntityId;
import dev.tidemark.testkit.LogRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The project's partition of {@code tidemark.log}, read committed and compacted: of each key the last record survives, with those
 * younger than the lag; deletes stay longer, as Kafka has it. Seqs are sparse, and those of an aborted transaction are lost.
 */
public final class LogTopic {
    private static final int GAP_MAX = 4;

    private final NavigableMap<CloudSeq, Committed> records = new TreeMap<>();
    private final Map<CloudSeq, Long> cleanedMs = new HashMap<>();
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
     * One run of the cleaner: superseded records go; a delete goes once it has stood cleaned for its retention.
     *
     * @param horizon deletes above it stay: Materialize, which raises it, is never behind by more than their retention
     * @param kept what is in there stays as well
     * @return highest seq that went
     */
    CloudSeq compact(long nowMs, CloudSeq horizon, Span kept) {
        Map<EntityId, CloudSeq> latest = new HashMap<>();
        for (Committed each : records.values())
            if (each.timeMs < nowMs - Limits.COMPACTION_LAG_MS) latest.put(each.record.id(), each.record.seq());
        CloudSeq highest = CloudSeq.NONE;
        for (Committed each : List.copyOf(records.values())) {
            CloudSeq seq = each.record.seq();
            CloudSeq last = latest.get(each.record.id());
            if (last == null || kept.contains(seq)) continue;
            boolean isRetired = seq.equals(last) && !seq.isAfter(horizon) && isRetired(each, nowMs);
            if (!last.isAfter(seq) && !isRetired) continue;
            records.remove(seq);
            highest = seq;
        }
        return highest;
    }

    /** Whether it is a delete whose retention, which begins when it is cleaned first, is over. */
    private boolean isRetired(Committed each, long nowMs) {
        LogRecord record = each.record;
        if (record.change().meta().op() != ChangeOp.DELETE || record.seq().equals(last())) return false;
        Long since = cleanedMs.putIfAbsent(record.seq(), nowMs);
        return since != null && nowMs - since > Limits.DELETE_RETENTION_MS;
    }

    /** Seqs above the one and up to the other. */
    record Span(CloudSeq above, CloudSeq to) {
        boolean contains(CloudSeq seq) {
            return seq.isAfter(above) && !seq.isAfter(to);
        }
    }
}
