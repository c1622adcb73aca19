package dev.tidemark.topology.repair;

import dev.tidemark.algebra.Targets;
import dev.tidemark.model.Target;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.topology.store.TargetKeys;
import java.util.Arrays;
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
    private int partitions;

    private StoredTargets() {}

    static StoredTargets read(RepairSite site, CommittedReader reader) throws RepairRefused {
        StoredTargets stored = new StoredTargets();
        String changelog = Names.changelog(Names.MATERIALIZE_APP, Names.CURSORS_BY_TARGET);
        TopicDescription topic = site.describe(List.of(changelog)).get(changelog);
        if (topic == null) return stored;
        for (int p = 0; p < topic.partitions().size(); p++) stored.rows.putAll(reader.rows(changelog, p));
        if (!stored.rows.isEmpty()) stored.partitions = topic.partitions().size();
        stored.rows.remove(Keys.SENTINEL);
        return stored;
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
            boolean isTarget = startsWith(row.getKey().get(), prefix);
            sink.put(
                    Names.CURSORS_BY_TARGET,
                    row.getKey(),
                    isTarget ? restarted(project, Keys.suffix(row.getKey(), prefix.length), row.getValue()) : row.getValue());
            if (isTarget) targets++;
        }
        return targets;
    }

    private static byte[] restarted(DecidedProject project, String name, byte[] row) {
        Target target = MaterializeRows.target(project.project(), name, row);
        return MaterializeRows.target(Targets.inEpoch(target, project.epoch()));
    }

    private static boolean startsWith(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }
}
