package dev.tidemark.topology.repair;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.ClusterIdentity;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * Prepares Materialize to read the log again from its beginning: superseded mapping then answers without a seq, targets start a
 * new generation. Its positions are set last, so that what is half done is refused.
 */
public final class RepairMaterialize implements Repair {
    private final RepairSite site;
    private final Application materialize;
    private final GroupOffsets offsets;

    public RepairMaterialize(RepairSite site) {
        this.site = site;
        this.materialize = site.materialize();
        this.offsets = new GroupOffsets(site, materialize);
    }

    @Override
    public Plan plan() throws RepairRefused {
        OfflineCheck.run(site);
        ClusterIdentity identity = site.identity();
        try (CommittedReader reader = site.reader()) {
            requireAdmit(identity, reader);
            Totals totals = new Totals();
            MaterializeSeed.Sources sources = sources(reader, identity);
            for (int p = 0; p < identity.partitions(); p++)
                totals.add(new MaterializeSeed(sources, p, RowSink.NOWHERE).run(0));
            return new Plan(Findings.of(site, materialize, identity, reader), steps(totals, sources));
        }
    }

    @Override
    public List<String> rebuilt() {
        return List.of(materialize.id());
    }

    @Override
    public Report carryOut(Consumer<String> progress) throws RepairRefused {
        OfflineCheck.run(site);
        ClusterIdentity identity = site.identity();
        Totals totals = new Totals();
        try (CommittedReader reader = site.reader();
                RowProducer producer = new RowProducer(site.setup())) {
            MaterializeSeed.Sources sources = sources(reader, identity);
            site.recreate(fresh(sources));
            long nowMs = System.currentTimeMillis();
            for (int p = 0; p < identity.partitions(); p++) {
                MaterializeSeed.Result result =
                        new MaterializeSeed(sources, p, producer.changelogs(materialize, p)).run(nowMs);
                for (BatchOutcome notice : result.notices()) producer.send(record(notice, p));
                totals.add(result);
                progress.accept("partition " + p + ": " + result.targets() + " targets, " + result.origins()
                        + " origins of the mapping");
            }
            producer.flush();
            if (sources.targets().partitions() == identity.partitions())
                sources.targets().removeMisplaced(producer, materialize);
            producer.flush();
            offsets.set(positions(identity));
            return new Report(totals.counts(producer.written()), notes(sources));
        }
    }

    /** Targets are nowhere else, so theirs stays, and gets their new rows behind the old ones. */
    private List<NewTopic> fresh(MaterializeSeed.Sources sources) {
        String targets = materialize.changelog(Names.CURSORS_BY_TARGET);
        int partitions = sources.identity().partitions();
        return materialize.newChangelogs(partitions).stream()
                .filter(topic -> sources.targets().partitions() != partitions
                        || !topic.name().equals(targets))
                .toList();
    }

    private MaterializeSeed.Sources sources(CommittedReader reader, ClusterIdentity identity) throws RepairRefused {
        return new MaterializeSeed.Sources(
                site,
                reader,
                ControlSnapshot.read(site, reader),
                StoredTargets.read(site, reader, identity.partitions()),
                identity);
    }

    /** It rebuilds from what Admit kept, and throws away what Admit would be rebuilt from. */
    private void requireAdmit(ClusterIdentity identity, CommittedReader reader) throws RepairRefused {
        List<String> broken = Findings.ofState(site, site.admit(), identity, reader);
        if (!broken.isEmpty())
            throw new RepairRefused(
                    RepairRefused.SOURCE_MISSING,
                    "Admit's own state is not whole: " + String.join("; ", broken)
                            + ". Run `tidemark repair admit` first (`repair log` if the log was made anew); it needs the"
                            + " mapping that this would throw away");
    }

    private Map<TopicPartition, Long> positions(ClusterIdentity identity) throws RepairRefused {
        Map<TopicPartition, Long> positions =
                new HashMap<>(offsets.offsets(identity.partitions(), OffsetSpec.earliest()));
        // Acknowledgements from before are of a generation that is over.
        offsets.offsets(identity.partitions(), OffsetSpec.latest()).forEach((partition, end) -> {
            if (partition.topic().equals(TopicCatalogue.ACKS)) positions.put(partition, end);
        });
        return positions;
    }

    private ProducerRecord<byte[], byte[]> record(BatchOutcome notice, int partition) {
        byte[] key = notice.replica().project().getBytes(StandardCharsets.UTF_8);
        return new ProducerRecord<>(
                TopicCatalogue.OUTCOMES, partition, key, site.codec().encodeOutcome(notice));
    }

    private List<String> steps(Totals totals, MaterializeSeed.Sources sources) {
        List<String> steps = new ArrayList<>();
        steps.add("write the " + materialize.changelogs().size() + " changelogs of " + materialize.id() + " anew: "
                + totals.projects + " projects, " + totals.targets + " targets, the mapping of " + totals.origins
                + " origins");
        steps.add("read " + totals.records + " records of " + TopicCatalogue.LOG
                + " and all outcomes from the beginning, at the next start");
        steps.addAll(notes(sources));
        return steps;
    }

    private static List<String> notes(MaterializeSeed.Sources sources) {
        return List.of(
                sources.targets().partitions() > 0
                        ? "targets begin a new generation at earliest; acknowledgements from before are refused"
                        : "the targets are gone with their changelog: they are made again when they pull or acknowledge");
    }

    /** Over all partitions. */
    private static final class Totals {
        private long projects;
        private long targets;
        private long origins;
        private long records;

        void add(MaterializeSeed.Result result) {
            projects += result.projects();
            targets += result.targets();
            origins += result.origins();
            records += result.records();
        }

        SortedMap<String, Long> counts(long rows) {
            TreeMap<String, Long> counts = new TreeMap<>();
            counts.put("projects", projects);
            counts.put("targets", targets);
            counts.put("origins", origins);
            counts.put("records_to_read", records);
            counts.put("rows_written", rows);
            return counts;
        }
    }
}
