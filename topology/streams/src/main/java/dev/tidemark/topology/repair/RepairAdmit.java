package dev.tidemark.topology.repair;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.ClusterIdentity;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Rebuilds images from the log and dedup rows from the mapping. All of it is read and added up before the first changelog goes;
 * what it is read from is never written to.
 */
public final class RepairAdmit implements Repair {
    private final RepairSite site;
    private final Application admit;
    private final GroupOffsets offsets;

    public RepairAdmit(RepairSite site) {
        this.site = site;
        this.admit = site.admit();
        this.offsets = new GroupOffsets(site, admit);
    }

    @Override
    public Plan plan() throws RepairRefused {
        OfflineCheck.run(site);
        ClusterIdentity identity = site.identity();
        try (CommittedReader reader = site.reader()) {
            AdmitPositions positions = AdmitPositions.of(offsets, identity.partitions());
            AdmitRebuild.Sources sources = sources(reader, identity);
            Totals totals = new Totals();
            for (int p = 0; p < identity.partitions(); p++)
                totals.add(new AdmitRebuild(sources, p, RowSink.NOWHERE).run(positions.readsAgain(p)));
            List<String> found = new ArrayList<>(Findings.of(site, admit, identity, reader));
            found.addAll(positions.notes());
            return new Plan(found, steps(totals, positions));
        }
    }

    @Override
    public List<String> rebuilt() {
        return List.of(admit.id());
    }

    @Override
    public Report carryOut(Consumer<String> progress) throws RepairRefused {
        OfflineCheck.run(site);
        ClusterIdentity identity = site.identity();
        AdmitPositions positions = AdmitPositions.of(offsets, identity.partitions());
        Totals totals = new Totals();
        try (CommittedReader reader = site.reader();
                RowProducer producer = new RowProducer(site.setup())) {
            AdmitRebuild.Sources sources = sources(reader, identity);
            site.recreate(admit.newChangelogs(identity.partitions()));
            FenceWriter fences = new FenceWriter(identity, site.changelogIds(admit));
            List<Cluster.@Nullable LastRecord> last = new ArrayList<>();
            for (int p = 0; p < identity.partitions(); p++) {
                RowSink rows = producer.changelogs(admit, p);
                fences.begin(rows);
                AdmitRebuild.Result result = new AdmitRebuild(sources, p, rows).run(positions.readsAgain(p));
                totals.add(result);
                last.add(result.last());
                progress.accept("partition " + p + ": " + result.entities() + " entities, " + result.origins()
                        + " origins, from " + result.records() + " records");
            }
            producer.flush();
            if (positions.skipsCommands()) Deletions.goOn(site, sources.control(), identity, producer);
            offsets.set(positions.moved());
            for (int p = 0; p < identity.partitions(); p++) fences.end(producer.changelogs(admit, p), last.get(p));
            producer.flush();
            return new Report(totals.counts(producer.written()), positions.notes());
        }
    }

    private AdmitRebuild.Sources sources(CommittedReader reader, ClusterIdentity identity) throws RepairRefused {
        return new AdmitRebuild.Sources(
                site,
                reader,
                ControlSnapshot.read(site, reader),
                KnownHeads.read(site, reader, identity.partitions()),
                identity);
    }

    private List<String> steps(Totals totals, AdmitPositions positions) {
        List<String> steps = new ArrayList<>();
        steps.add("read " + totals.records + " records of " + TopicCatalogue.LOG + " and the mapping of "
                + totals.origins + " origins");
        steps.add("write the " + admit.changelogs().size() + " changelogs of " + admit.id() + " anew: "
                + totals.projects + " projects, " + totals.entities + " entities");
        if (!positions.moved().isEmpty()) steps.add("set these positions: " + named(positions));
        return steps;
    }

    private static SortedMap<String, Long> named(AdmitPositions positions) {
        TreeMap<String, Long> named = new TreeMap<>();
        positions.moved().forEach((partition, offset) -> named.put(partition.toString(), offset));
        return named;
    }

    /** Over all partitions. */
    private static final class Totals {
        private long projects;
        private long entities;
        private long records;
        private long origins;

        void add(AdmitRebuild.Result result) {
            projects += result.projects();
            entities += result.entities();
            records += result.records();
            origins += result.origins();
        }

        SortedMap<String, Long> counts(long rows) {
            TreeMap<String, Long> counts = new TreeMap<>();
            counts.put("projects", projects);
            counts.put("entities", entities);
            counts.put("records_read", records);
            counts.put("origins", origins);
            counts.put("rows_written", rows);
            return counts;
        }
    }
}
