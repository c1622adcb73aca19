package dev.tidemark.topology.repair;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.Epoch;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.processor.DecidedProject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** What {@code tidemark.control} says of every project: the last state of each key, by the time it was appended. */
final class ControlSnapshot {
    private final SortedMap<String, DecidedProject> projects = new TreeMap<>();
    private final Map<String, Horizon> horizons = new HashMap<>();
    private final Map<String, Long> appendedMs = new HashMap<>();

    private ControlSnapshot() {}

    private record Horizon(Epoch epoch, CloudSeq seq) {}

    static ControlSnapshot read(RepairSite site, CommittedReader reader) throws RepairRefused {
        ControlSnapshot snapshot = new ControlSnapshot();
        TopicDescription topic = site.describe(List.of(TopicCatalogue.CONTROL)).get(TopicCatalogue.CONTROL);
        if (topic == null)
            throw new RepairRefused(
                    RepairRefused.SOURCE_MISSING,
                    TopicCatalogue.CONTROL + " is not there, which says what projects there are. Restore a backup");
        for (int p = 0; p < topic.partitions().size(); p++)
            reader.read(TopicCatalogue.CONTROL, p, record -> snapshot.take(site, record));
        return snapshot;
    }

    private void take(RepairSite site, ConsumerRecord<byte[], byte[]> record) throws RepairRefused {
        if (record.value() == null) return;
        try {
            ControlState state = site.codec().decodeState(record.value());
            if (appendedMs.merge(state.key(), record.timestamp(), Math::max) > record.timestamp()) return;
            if (state.kind().equals(ControlState.PROJECT)) projects.put(state.project(), DecidedProject.parse(state));
            else if (state.kind().equals(ControlState.HORIZON)) horizons.put(state.project(), horizon(state));
        } catch (RuntimeException e) {
            throw new RepairRefused(
                    RepairRefused.SOURCE_MISMATCH,
                    TopicCatalogue.CONTROL + " has a record that cannot be read, at offset " + record.offset() + ": "
                            + e.getMessage());
        }
    }

    private static Horizon horizon(ControlState state) {
        SortedMap<String, String> body = CanonicalJson.members(CanonicalJson.of(state.body()));
        return new Horizon(
                Epoch.ofHex(CanonicalJson.textOf(String.valueOf(body.get("epoch")))),
                new CloudSeq(Long.parseLong(String.valueOf(body.get("seq")))));
    }

    List<DecidedProject> projects() {
        return List.copyOf(projects.values());
    }

    List<DecidedProject> projectsOn(int partition, int partitions) {
        return projects.values().stream()
                .filter(project -> Partitions.of(project.project(), partitions) == partition)
                .toList();
    }

    @Nullable
    DecidedProject project(String name) {
        return projects.get(name);
    }

    /** Highest seq of a purged tombstone in the project's present epoch. */
    CloudSeq horizon(DecidedProject project) {
        Horizon horizon = horizons.get(project.project());
        return horizon == null || !horizon.epoch.equals(project.epoch()) ? CloudSeq.NONE : horizon.seq;
    }
}
