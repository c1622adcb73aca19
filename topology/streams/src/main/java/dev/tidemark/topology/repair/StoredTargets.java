package dev.tidemark.topology.repair;

import dev.tidemark.algebra.Targets;
import dev.tidemark.model.Target;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.topology.store.TargetKeys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.utils.Bytes;

/**
 * Targets as they were stored, where their changelog is still there. They begin a new generation at earliest: what their cursors
 * stood for is rebuilt, and an acknowledgement from before is refused and not taken for one of now (L4).
 */
final class StoredTargets {
    private final Map<Bytes, byte[]> rows = new HashMap<>();
    private final List<Misplaced> misplaced = new ArrayList<>();
    private int partitions;

    private StoredTargets() {}

    /** A row that must not be where it is. */
    private record Misplaced(int partition, Bytes key) {}

    /** @param target partitions that the topics have now */
    static StoredTargets read(RepairSite site, CommittedReader reader, int target) throws RepairRefused {
        StoredTargets stored = new StoredTargets();
        String changelog = Names.changelog(Names.MATERIALIZE_APP, Names.CURSORS_BY_TARGET);
        TopicDescription topic = site.describe(List.of(changelog)).get(changelog);
        if (topic == null) return stored;
        for (int p = 0; p < topic.partitions().size(); p++) stored.take(p, reader.rows(changelog, p), target);
        if (!stored.rows.isEmpty()) stored.partitions = topic.partitions().size();
        stored.rows.remove(Keys.SENTINEL);
        return stored;
    }

    /** A repair that ended half-way has moved rows to their partition of now, and may have left them on that of before. */
    private void take(int partition, Map<Bytes, byte[]> found, int target) {
        found.forEach((key, row) -> {
            boolean placed = isPlaced(key, partition, target);
            if (placed || !rows.containsKey(key)) rows.put(key, row);
            if (!placed) misplaced.add(new Misplaced(partition, key));
        });
    }

    private static boolean isPlaced(Bytes key, int partition, int target) {
        return !key.equals(Keys.SENTINEL) && Partitions.of(Keys.projectOf(key), target) == partition;
    }

    /** Sentinels, so that Materialize starts as if for the first time, and what was moved. */
    void removeMisplaced(RowProducer producer, Application materialize) {
        for (Misplaced each : misplaced)
            producer.changelogs(materialize, each.partition).put(Names.CURSORS_BY_TARGET, each.key, null);
    }

    /** Partitions of the changelog they were read from; 0: there was nothing to read them from. */
    int partitions() {
        return partitions;
    }

    /** @return targets of projects on that partition */
    long write(ControlSnapshot control, int partition, int partitions, RowSink sink) {
        long targets = 0;
        for (Map.Entry<Bytes, byte[]> row : rows.entrySet()) {
            DecidedProject project = control.project(Keys.projectOf(row.getKey()));
            if (project == null || Partitions.of(project.project(), partitions) != partition) continue;
            byte[] prefix = TargetKeys.targets(project.project());
            boolean isTarget = TargetKeys.isTarget(project.project(), row.getKey());
            sink.put(
                    Names.CURSORS_BY_TARGET,
                    row.getKey(),
                    isTarget
                            ? restarted(project, Keys.suffix(row.getKey(), prefix.length), row.getValue())
                            : row.getValue());
            if (isTarget) targets++;
        }
        return targets;
    }

    private static byte[] restarted(DecidedProject project, String name, byte[] row) {
        Target target = MaterializeRows.target(project.project(), name, row);
        return MaterializeRows.target(Targets.inEpoch(target, project.epoch()));
    }
}
