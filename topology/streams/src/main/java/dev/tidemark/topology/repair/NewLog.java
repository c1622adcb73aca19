package dev.tidemark.topology.repair;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.EntityChange;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.Partitions;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** The log that is written anew, and with it what Admit keeps of its entities: each row on the partition where it belongs now. */
final class NewLog {
    private final RepairSite site;
    private final AdmitState state;
    private final ClusterIdentity identity;
    private final RowProducer producer;
    private final SortedMap<String, ProjectHead> starts;
    private final Map<String, Reemission> projects = new HashMap<>();
    private final Map<Integer, Cluster.LastRecord> last = new HashMap<>();
    private final List<Moved> moved = new ArrayList<>();
    private long records;

    /** A row that lies where it does not belong any more. */
    private record Moved(String store, int partition, Bytes key) {}

    NewLog(RepairSite site, AdmitState state, ClusterIdentity identity, RowProducer producer) {
        this.site = site;
        this.state = state;
        this.identity = identity;
        this.producer = producer;
        this.starts = state.heads();
        starts.forEach(
                (project, head) -> projects.put(project, new Reemission(head, identity.epoch(head.generation()))));
    }

    void write() throws RepairRefused {
        state.entities(this::entity);
        for (String store : Names.ADMIT_STORES) state.rows(store).forEach((key, row) -> move(store, key, row));
        heads().forEach((project, head) -> row(Names.HEADS, Keys.of(project), AdmitRows.head(head)));
    }

    /** Only when all rows are where they belong. */
    void removeMoved() {
        for (Moved each : moved)
            producer.changelogs(site.admit(), each.partition).put(each.store, each.key, null);
    }

    private void entity(String path, int partition, EntityState kept) {
        EntityState now = kept;
        if (kept.isLive()) {
            String project = EntityPath.projectOf(path);
            Reemission reemission = projects.get(project);
            if (reemission == null) throw new IllegalStateException("an entity of a project without a head");
            EntityChange change = reemission.next(path, kept);
            send(path, project, change);
            now = new EntityState(
                    kept.image(), kept.hash(), kept.version(), change.meta().ordinal());
        }
        Bytes key = Keys.of(path);
        int right = row(Names.ENTITIES_BY_PATH, key, AdmitRows.entity(now));
        if (right != partition) moved.add(new Moved(Names.ENTITIES_BY_PATH, partition, key));
    }

    private void send(String path, String project, EntityChange change) {
        RecordHeaders headers = new RecordHeaders();
        headers.add(Headers.META, site.codec().encodeMeta(change.meta()));
        int partition = Partitions.of(project, identity.partitions());
        producer.send(new ProducerRecord<>(
                TopicCatalogue.LOG,
                partition,
                path.getBytes(StandardCharsets.UTF_8),
                site.codec().encodeChange(change),
                headers));
        last.put(
                partition,
                new Cluster.LastRecord(
                        project, change.meta().ordinal(), change.meta().digest()));
        records++;
    }

    private void move(String store, Bytes key, AdmitState.Held row) {
        int right = state.partitionOf(store, key);
        if (right == row.partition()) return;
        row(store, key, row.value());
        moved.add(new Moved(store, row.partition(), key));
    }

    private int row(String store, Bytes key, byte[] value) {
        int partition = state.partitionOf(store, key);
        producer.changelogs(site.admit(), partition).put(store, key, value);
        return partition;
    }

    long records() {
        return records;
    }

    /** Heads before the first record. */
    SortedMap<String, ProjectHead> starts() {
        return starts;
    }

    /** Heads after the last record. */
    SortedMap<String, ProjectHead> heads() {
        SortedMap<String, ProjectHead> heads = new TreeMap<>();
        projects.forEach((project, reemission) -> heads.put(project, reemission.head()));
        return heads;
    }

    /** Null: the partition has no record. */
    Cluster.@Nullable LastRecord last(int partition) {
        return last.get(partition);
    }
}
