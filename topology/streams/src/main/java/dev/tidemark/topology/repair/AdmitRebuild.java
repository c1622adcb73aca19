package dev.tidemark.topology.repair;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.wire.UndecodableException;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** Admit's state of one partition, from the log, {@code control}, the mapping and {@code outcomes}. Used once and thrown away. */
final class AdmitRebuild {
    private final RepairSite site;
    private final CommittedReader reader;
    private final ControlSnapshot control;
    private final KnownHeads heads;
    private final ClusterIdentity identity;
    private final int partition;
    private final RowSink rows;
    private final TreeMap<String, ProjectRebuild> projects = new TreeMap<>();
    private final OriginsRebuild origins = new OriginsRebuild();
    /** When a project's present generation began, where that is not longer ago than outcomes are kept. */
    private final Map<String, Long> renewedMs = new HashMap<>();

    private long records;
    private Cluster.@Nullable LastRecord last;

    AdmitRebuild(Sources sources, int partition, RowSink rows) {
        this.site = sources.site();
        this.reader = sources.reader();
        this.control = sources.control();
        this.heads = sources.heads();
        this.identity = sources.identity();
        this.partition = partition;
        this.rows = rows;
    }

    /** What all partitions are rebuilt from. */
    record Sources(
            RepairSite site,
            CommittedReader reader,
            ControlSnapshot control,
            KnownHeads heads,
            ClusterIdentity identity) {}

    /** @param last record of the log on the partition; null: it has none */
    record Result(long projects, long entities, long records, long origins, Cluster.@Nullable LastRecord last) {}

    /** @param again whether mutations that were decided are read again */
    Result run(boolean again) throws RepairRefused {
        for (DecidedProject project : control.projectsOn(partition, identity.partitions()))
            projects.put(project.project(), new ProjectRebuild(checked(project), rows));
        mapping();
        reader.read(TopicCatalogue.OUTCOMES, partition, this::outcome);
        new LogReader(reader, site.codec()).read(partition, logged -> record(logged.change(), logged.committedMs()));
        if (again) reader.read(TopicCatalogue.MUTATIONS, partition, this::earlierGeneration);
        long entities = 0;
        for (Map.Entry<String, ProjectRebuild> each : projects.entrySet()) {
            each.getValue().finish(heads.of(each.getKey()));
            entities += each.getValue().count();
        }
        return new Result(projects.size(), entities, records, origins.finish(rows), last);
    }

    private DecidedProject checked(DecidedProject project) throws RepairRefused {
        if (identity.epoch(project.generation()).equals(project.epoch())) return project;
        throw new RepairRefused(
                RepairRefused.SOURCE_MISMATCH,
                "project " + project.project() + " was of epoch "
                        + project.epoch().hex()
                        + ", this tidemark.log has another: it was made anew. Run `tidemark repair"
                        + " log`, which writes all entities to it");
    }

    private void mapping() throws RepairRefused {
        String changelog = Names.changelog(Names.MATERIALIZE_APP, Names.OUTCOMES_BY_ORIGIN);
        reader.rowsIfThere(site, changelog, partition).forEach((key, row) -> {
            if (key.equals(Keys.SENTINEL)) return;
            DecidedProject project = control.project(Keys.projectOf(key));
            if (project == null || !project.epoch().equals(Keys.epochOfMapped(key))) return;
            MaterializeRows.run(row)
                    .origins()
                    .forEach(origin -> origins.decided(Keys.replicaOf(key), origin.outcome()));
        });
    }

    private void outcome(ConsumerRecord<byte[], byte[]> record) throws RepairRefused {
        BatchOutcome outcome;
        try {
            outcome = site.codec().decodeOutcome(record.value());
        } catch (UndecodableException e) {
            throw new RepairRefused(
                    RepairRefused.SOURCE_MISMATCH,
                    TopicCatalogue.OUTCOMES + " has a record at " + record.offset() + " of partition " + partition
                            + " that cannot be read: " + e.getMessage()
                            + "; see deploy/README.md, \"log_undecodable\"");
        }
        String project = outcome.replica().project();
        DecidedProject decided = control.project(project);
        if (decided == null || !decided.epoch().equals(outcome.epoch())) return;
        if (outcome.replica().replica().isEmpty()) renewedMs.put(project, record.timestamp());
        else origins.decided(outcome);
    }

    private void record(EntityChange change, long committedMs) throws RepairRefused {
        String name = change.id().project();
        ProjectRebuild project = projects.get(name);
        DecidedProject decided = control.project(name);
        if (project == null || decided == null)
            throw new RepairRefused(
                    RepairRefused.SOURCE_MISSING,
                    TopicCatalogue.CONTROL + " knows nothing of project " + name + ", which has records on partition "
                            + partition + " of the log. Restore a backup");
        project.take(change, committedMs);
        if (change.meta().epoch().equals(decided.epoch())) origins.logged(change);
        records++;
        last = new Cluster.LastRecord(
                name, change.meta().ordinal(), change.meta().digest());
    }

    /** A batch from before the project was deleted had its effect in a generation that is over; the next one has no origins of it. */
    private void earlierGeneration(ConsumerRecord<byte[], byte[]> record) {
        MutationBatch batch;
        try {
            batch = site.codec().decodeBatch(record.value());
        } catch (UndecodableException e) {
            return; // Admit buries it again
        }
        Long renewed = renewedMs.get(batch.replica().project());
        if (renewed == null || record.timestamp() > renewed) return;
        for (Mutation mutation : batch.mutations()) origins.raiseFloor(batch.replica(), mutation.localSeq());
    }
}
