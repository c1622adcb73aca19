package dev.tidemark.topology.repair;

import dev.tidemark.algebra.DecidedOrigin;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.OriginRun;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import java.util.function.BiFunction;
import org.apache.kafka.common.utils.Bytes;

/** Rows of the mapping from Admit's dedup rows: every outcome, and the seq of its record where that is still in the log. */
final class MappingSeed {
    private final RowSink rows;
    private final BiFunction<String, Ordinal, CloudSeq> seqs;
    private final long nowMs;

    /**
     * @param seqs of the records of a project; {@link CloudSeq#NONE}: it is not there any more
     * @param nowMs outcomes are kept as long as if they were of that time, milliseconds since 1970
     */
    MappingSeed(RowSink rows, BiFunction<String, Ordinal, CloudSeq> seqs, long nowMs) {
        this.rows = rows;
        this.seqs = seqs;
        this.nowMs = nowMs;
    }

    /** @return origins of that row of Admit's */
    long add(DecidedProject project, Bytes key, byte[] row) {
        ReplicaId replica = Keys.replicaOf(key);
        OriginRun<DecidedOrigin> decided = AdmitRows.run(row);
        OriginRun<MappedOrigin> mapped = new OriginRun<>(
                decided.origins().stream().map(each -> mapped(project, each)).toList());
        rows.put(
                Names.OUTCOMES_BY_ORIGIN,
                Keys.mapped(replica, project.epoch(), mapped.first()),
                MaterializeRows.run(mapped, nowMs));
        return mapped.origins().size();
    }

    private MappedOrigin mapped(DecidedProject project, DecidedOrigin origin) {
        CloudSeq seq = seqs.apply(project.project(), origin.outcome().ordinal());
        CloudSeq first = seqs.apply(project.project(), origin.outcome().firstOrdinal());
        return new MappedOrigin(origin.outcome(), seq, seq.isNone() ? CloudSeq.NONE : first);
    }
}
