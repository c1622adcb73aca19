package dev.tidemark.topology.repair;

import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Digest;
import dev.tidemark.model.Head;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/** Materialize before a log that begins anew: heads that wait for its first records, targets at earliest, outcomes without seqs. */
final class NewMaterialize {
    private final RepairSite site;
    private final CommittedReader reader;
    private final RowProducer producer;
    private final ClusterIdentity identity;
    private final Application materialize;

    NewMaterialize(RepairSite site, CommittedReader reader, RowProducer producer, ClusterIdentity identity) {
        this.site = site;
        this.reader = reader;
        this.producer = producer;
        this.identity = identity;
        this.materialize = site.materialize();
    }

    /**
     * @param starts heads before the first record
     * @return targets
     */
    long write(AdmitState state, SortedMap<String, ProjectHead> starts) throws RepairRefused {
        ControlSnapshot control = ControlSnapshot.read(site, reader);
        StoredTargets targets = StoredTargets.read(site, reader, identity.partitions());
        recreate(targets.partitions());
        starts.forEach(this::head);
        long written = 0;
        for (int p = 0; p < identity.partitions(); p++)
            written += targets.write(control, p, identity.partitions(), producer.changelogs(materialize, p));
        long nowMs = System.currentTimeMillis();
        for (Map.Entry<Bytes, AdmitState.Held> row : state.rows(Names.ORIGINS).entrySet()) mapping(control, row, nowMs);
        producer.flush();
        if (isKept(targets.partitions())) targets.removeMisplaced(producer, materialize);
        producer.flush();
        new GroupOffsets(site, materialize).set(positions());
        return written;
    }

    /** Targets are nowhere else, so theirs stays, and gets their new rows behind the old ones. */
    private void recreate(int targetPartitions) throws RepairRefused {
        String targets = materialize.changelog(Names.CURSORS_BY_TARGET);
        boolean keep = isKept(targetPartitions);
        if (keep) addPartitions(targets);
        site.recreate(materialize.newChangelogs(identity.partitions()).stream()
                .filter(topic -> !keep || !topic.name().equals(targets))
                .toList());
    }

    private boolean isKept(int targetPartitions) {
        return targetPartitions > 0 && targetPartitions <= identity.partitions();
    }

    private void addPartitions(String changelog) throws RepairRefused {
        Map<String, TopicDescription> topic = site.describe(List.of(changelog));
        for (TopicDescription each : topic.values())
            if (each.partitions().size() < identity.partitions())
                site.addPartitions(topic.keySet(), identity.partitions());
    }

    private void head(String project, ProjectHead before) {
        Head head = new Head(
                identity.epoch(before.generation()), CloudSeq.NONE, before.ordinal(), 0, Digest.ZERO, CloudSeq.NONE);
        rows(project).put(Names.HEADS_BY_PROJECT, Keys.of(project), MaterializeRows.head(head));
    }

    private void mapping(ControlSnapshot control, Map.Entry<Bytes, AdmitState.Held> row, long nowMs) {
        DecidedProject project = control.project(Keys.projectOf(row.getKey()));
        if (project == null) return;
        new MappingSeed(rows(project.project()), (name, ordinal) -> CloudSeq.NONE, nowMs)
                .add(project, row.getKey(), row.getValue().value());
    }

    private RowSink rows(String project) {
        return producer.changelogs(materialize, Partitions.of(project, identity.partitions()));
    }

    /** Outcomes and acknowledgements of before are of an epoch that is over. */
    private Map<TopicPartition, Long> positions() throws RepairRefused {
        GroupOffsets offsets = new GroupOffsets(site, materialize);
        Map<TopicPartition, Long> positions =
                new HashMap<>(offsets.offsets(identity.partitions(), OffsetSpec.latest()));
        offsets.offsets(identity.partitions(), OffsetSpec.earliest()).forEach((partition, first) -> {
            if (partition.topic().equals(TopicCatalogue.LOG)) positions.put(partition, first);
        });
        return positions;
    }
}
