package dev.tidemark.topology.repair;

import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Head;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What of Materialize's state of one partition does not follow from the log: horizons, targets, and outcomes older than their
 * topic. The topology itself builds the rest when it reads everything again. Invariant L9: a horizon that was raised stays.
 */
final class MaterializeSeed {
    private final Sources sources;
    private final int partition;
    private final RowSink rows;
    private final LogSeqs log = new LogSeqs();
    private final List<BatchOutcome> notices = new ArrayList<>();

    MaterializeSeed(Sources sources, int partition, RowSink rows) {
        this.sources = sources;
        this.partition = partition;
        this.rows = rows;
    }

    /** What all partitions are rebuilt from. */
    record Sources(
            RepairSite site,
            CommittedReader reader,
            ControlSnapshot control,
            StoredTargets targets,
            ClusterIdentity identity) {}

    /** @param notices outcomes to write, which say in which epoch a project is without records of it */
    record Result(long projects, long targets, long origins, long records, List<BatchOutcome> notices) {}

    Result run(long nowMs) throws RepairRefused {
        new LogReader(sources.reader, sources.site.codec()).read(partition, log::take);
        Map<String, ProjectHead> admitted = admitted();
        long projects = 0;
        for (DecidedProject project : sources.control.projectsOn(partition, sources.identity.partitions())) {
            head(project, admitted.get(project.project()));
            projects++;
        }
        long targets = sources.targets.write(sources.control, partition, sources.identity.partitions(), rows);
        return new Result(projects, targets, mapping(nowMs), log.records(), notices);
    }

    private void head(DecidedProject project, @Nullable ProjectHead admitted) throws RepairRefused {
        LogSeqs.Last last = log.last(project.project());
        Ordinal written = admitted == null ? Ordinal.NONE : admitted.ordinal();
        if (last != null && !last.ordinal().equals(written)) throw behind(project, last.ordinal(), written);
        if (last != null && !last.epoch().equals(project.epoch())) notices.add(notice(project, last.ordinal()));
        // Where the log has no record of it any more, nothing else would ever take the head there.
        Ordinal start = last == null ? written : Ordinal.NONE;
        rows.put(
                Names.HEADS_BY_PROJECT,
                Keys.of(project.project()),
                MaterializeRows.head(new Head(
                        project.epoch(), CloudSeq.NONE, start, 0, Digest.ZERO, sources.control.horizon(project))));
    }

    private Map<String, ProjectHead> admitted() throws RepairRefused {
        Map<String, ProjectHead> heads = new HashMap<>();
        KnownHeads.rows(sources.site, sources.reader, Names.changelog(Names.ADMIT_APP, Names.HEADS), partition)
                .forEach((project, row) -> heads.put(project, AdmitRows.head(row)));
        return heads;
    }

    private long mapping(long nowMs) throws RepairRefused {
        MappingSeed mapping = new MappingSeed(rows, log::seqOf, nowMs);
        long[] origins = {0};
        sources.reader
                .rows(Names.changelog(Names.ADMIT_APP, Names.ORIGINS), partition)
                .forEach((key, row) -> {
                    DecidedProject project =
                            key.equals(Keys.SENTINEL) ? null : sources.control.project(Keys.projectOf(key));
                    if (project != null) origins[0] += mapping.add(project, key, row);
                });
        return origins[0];
    }

    private static BatchOutcome notice(DecidedProject project, Ordinal last) {
        ReplicaId nobody = new ReplicaId(project.project(), "", "");
        return new BatchOutcome(nobody, project.epoch(), null, null, last, -1, List.of());
    }

    private static RepairRefused behind(DecidedProject project, Ordinal logged, Ordinal written) {
        return new RepairRefused(
                RepairRefused.SOURCE_MISMATCH,
                "project " + project.project() + ": the last record of the log is ordinal " + logged.value()
                        + ", Admit wrote last " + written.value()
                        + ". What the log does not have, nothing can be built from; run `tidemark repair log`, which writes"
                        + " all entities anew");
    }
}
