package dev.tidemark.topology.repair;

import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.Targets;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Head;
import dev.tidemark.model.Policy;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.topology.store.TargetKeys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.utils.Bytes;

/**
 * Begins a new generation of every project on a copy of what was: cursors and acknowledgements from before, which may be of places
 * that the copy does not have, are refused (L9). Entities, origins and the mapping stay. Only for state that no instance keeps
 * locally: it adds rows to changelogs.
 */
public final class RaiseGenerations {
    private final RepairSite site;
    private final ClusterIdentity identity;
    private final CommittedReader reader;
    private final RowProducer producer;
    private final long nowMs;

    private RaiseGenerations(
            RepairSite site, ClusterIdentity identity, CommittedReader reader, RowProducer producer, long nowMs) {
        this.site = site;
        this.identity = identity;
        this.reader = reader;
        this.producer = producer;
        this.nowMs = nowMs;
    }

    /**
     * @param nowMs milliseconds since 1970; generations are at least that, since the same copy may be taken into use twice
     * @return projects
     */
    public static int run(RepairSite site, long nowMs) throws RepairRefused {
        if (!site.topics().contains(TopicCatalogue.LOG)) return 0;
        OfflineCheck.run(site);
        ClusterIdentity identity = site.identity();
        int projects = 0;
        try (CommittedReader reader = site.reader();
                RowProducer producer = new RowProducer(site.setup())) {
            RaiseGenerations raise = new RaiseGenerations(site, identity, reader, producer, nowMs);
            for (int p = 0; p < identity.partitions(); p++) projects += raise.partition(p);
            producer.flush();
        }
        return projects;
    }

    private int partition(int partition) throws RepairRefused {
        RowSink admitted = producer.changelogs(site.admit(), partition);
        RowSink served = producer.changelogs(site.materialize(), partition);
        Map<String, Epoch> epochs = new HashMap<>();
        List<DecidedProject> projects = new ArrayList<>();
        Map<Bytes, byte[]> policies = reader.rowsIfThere(site, site.admit().changelog(Names.POLICIES), partition);
        Map<String, byte[]> heads = KnownHeads.rows(site, reader, site.admit().changelog(Names.HEADS), partition);
        for (Map.Entry<String, byte[]> row : heads.entrySet()) {
            ProjectHead head = raised(AdmitRows.head(row.getValue()));
            byte[] policy = policies.get(Keys.of(row.getKey()));
            admitted.put(Names.HEADS, Keys.of(row.getKey()), AdmitRows.head(head));
            DecidedProject project = DecidedProject.of(
                    row.getKey(), head, policy == null ? Policy.DEFAULT : AdmitRows.policy(policy), identity);
            projects.add(project);
            epochs.put(row.getKey(), project.epoch());
            producer.send(notice(project, head, partition));
        }
        new ControlRows(site, producer, identity).write(projects);
        heads(partition, epochs, served);
        targets(partition, epochs, served);
        mapping(partition, epochs, served);
        return projects.size();
    }

    private ProjectHead raised(ProjectHead head) {
        return new ProjectHead(
                head.ordinal(), head.total(), head.versionFloor(), Math.max(head.generation() + 1, nowMs), head.life());
    }

    /** Where Materialize has not read all that Admit wrote, records behind would take it back into the epoch of before. */
    private ProducerRecord<byte[], byte[]> notice(DecidedProject project, ProjectHead head, int partition) {
        BatchOutcome notice = new BatchOutcome(
                new ReplicaId(project.project(), "", ""), project.epoch(), null, null, head.ordinal(), -1, List.of());
        byte[] key = project.project().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                TopicCatalogue.OUTCOMES, partition, key, site.codec().encodeOutcome(notice));
    }

    private void heads(int partition, Map<String, Epoch> epochs, RowSink rows) throws RepairRefused {
        KnownHeads.rows(site, reader, site.materialize().changelog(Names.HEADS_BY_PROJECT), partition)
                .forEach((project, row) -> {
                    Epoch epoch = epochs.get(project);
                    Head head = MaterializeRows.head(row);
                    if (epoch != null)
                        rows.put(Names.HEADS_BY_PROJECT, Keys.of(project), MaterializeRows.head(head.withEpoch(epoch)));
                });
    }

    private void targets(int partition, Map<String, Epoch> epochs, RowSink rows) throws RepairRefused {
        reader.rowsIfThere(site, site.materialize().changelog(Names.CURSORS_BY_TARGET), partition)
                .forEach((key, row) -> {
                    String project = key.equals(Keys.SENTINEL) ? "" : Keys.projectOf(key);
                    Epoch epoch = epochs.get(project);
                    if (epoch == null || !TargetKeys.isTarget(project, key)) return;
                    String name = Keys.suffix(key, TargetKeys.targets(project).length);
                    var target = MaterializeRows.target(project, name, row);
                    rows.put(Names.CURSORS_BY_TARGET, key, MaterializeRows.target(Targets.inEpoch(target, epoch)));
                });
    }

    private void mapping(int partition, Map<String, Epoch> epochs, RowSink rows) throws RepairRefused {
        reader.rowsIfThere(site, site.materialize().changelog(Names.OUTCOMES_BY_ORIGIN), partition)
                .forEach((key, row) -> {
                    Epoch epoch = key.equals(Keys.SENTINEL) ? null : epochs.get(Keys.projectOf(key));
                    if (epoch == null) return;
                    rows.put(Names.OUTCOMES_BY_ORIGIN, Keys.mapped(Keys.replicaOf(key), epoch, Keys.number(key)), row);
                    rows.put(Names.OUTCOMES_BY_ORIGIN, key, null);
                });
    }
}
