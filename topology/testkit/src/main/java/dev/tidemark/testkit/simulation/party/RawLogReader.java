package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Hash;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.testkit.LogRecord;
import dev.tidemark.testkit.simulation.backbone.Backbone;
import dev.tidemark.testkit.simulation.backbone.Limits;
import dev.tidemark.testkit.simulation.backbone.LogTopic;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.HashMap;
import java.util.Map;

/**
 * L3: reads the compacted log itself and verifies what it reads. Ordinals rise; without a gap the digest adds up at every record,
 * with gaps it adds up again at the end of the log. One that has missed a delete, because it was slower than the horizon, sees that
 * and begins anew.
 */
public final class RawLogReader {
    private final Ground ground;
    private final Backbone backbone;
    private final Map<EntityId, Hash> rows = new HashMap<>();
    private CloudSeq position = CloudSeq.NONE;
    private Ordinal ordinal = Ordinal.NONE;
    private Digest digest = Digest.ZERO;
    private boolean addsUp = true;
    private boolean wasAtEnd;
    private long startedMs;

    public RawLogReader(Ground ground, Backbone backbone) {
        this.ground = ground;
        this.backbone = backbone;
        this.startedMs = ground.clock().nowMs();
    }

    /** Reads the next record. @return whether there was one */
    public boolean readOne() {
        if (isExpired()) startAgain();
        LogTopic.Committed next = backbone.log().after(position).orElse(null);
        if (next == null) return false;
        take(next.record());
        return true;
    }

    public void startAgain() {
        ground.tally().count("raw reader starts again");
        rows.clear();
        position = CloudSeq.NONE;
        ordinal = Ordinal.NONE;
        digest = Digest.ZERO;
        addsUp = true;
        wasAtEnd = false;
        startedMs = ground.clock().nowMs();
    }

    public Digest digest() {
        return digest;
    }

    /**
     * Whether a delete that it has not read may be gone. Until it was at the end once, it has the log's retention of deletes; from
     * then on the published horizon tells.
     */
    private boolean isExpired() {
        if (wasAtEnd) return backbone.publishedHorizon().isAfter(position);
        return ground.clock().nowMs() - startedMs > Limits.DELETE_RETENTION_MS;
    }

    private void take(LogRecord record) {
        RecordMeta meta = record.change().meta();
        Violation.unless(
                meta.ordinal().isAfter(ordinal),
                Invariant.L3_COMPACTION,
                () -> "a raw reader saw " + meta.ordinal() + " after " + ordinal);
        boolean wasWhole = addsUp && meta.ordinal().equals(ordinal.next());
        apply(record, meta);
        addsUp = digest.equals(meta.digest());
        boolean isEnd = record.seq().equals(backbone.log().last());
        Violation.unless(
                addsUp || !(wasWhole || isEnd),
                Invariant.L3_COMPACTION,
                () -> "what a raw reader has at " + record.seq() + " does not add up to its digest");
        position = record.seq();
        ordinal = meta.ordinal();
        wasAtEnd |= isEnd;
    }

    private void apply(LogRecord record, RecordMeta meta) {
        String path = EntityPath.of(record.id());
        Hash before = rows.remove(record.id());
        if (before != null) digest = digest.minus(Hashes.entry(path, before));
        if (meta.hash() == null) return;
        rows.put(record.id(), meta.hash());
        digest = digest.plus(Hashes.entry(path, meta.hash()));
    }
}
