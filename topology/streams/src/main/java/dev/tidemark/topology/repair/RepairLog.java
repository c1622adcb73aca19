package dev.tidemark.topology.repair;

import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.model.Policy;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topic.TopicSpec;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.processor.DecidedProject;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Writes the log anew from the entities that Admit kept, in a new epoch, on as many partitions as the topics have now. Admit's
 * changelogs are only ever added to, and its fences are written last: whatever happens in between, it can begin again.
 */
public final class RepairLog implements Repair {
    private final RepairSite site;
    private final Application admit;

    public RepairLog(RepairSite site) {
        this.site = site;
        this.admit = site.admit();
    }

    @Override
    public Plan plan() throws RepairRefused {
        int partitions = partitions();
        try (CommittedReader reader = site.reader()) {
            AdmitState state = AdmitState.read(site, reader, partitions);
            return new Plan(found(reader, partitions), steps(state, partitions));
        }
    }

    @Override
    public List<String> rebuilt() {
        return List.of(admit.id(), site.materialize().id());
    }

    @Override
    public Report carryOut(Consumer<String> progress) throws RepairRefused {
        int partitions = partitions();
        try (CommittedReader reader = site.reader();
                RowProducer producer = new RowProducer(site.setup())) {
            AdmitState state = AdmitState.read(site, reader, partitions);
            site.recreate(List.of(newLog(partitions)));
            addPartitions(partitions);
            ClusterIdentity identity = site.identity();
            FenceWriter fences = new FenceWriter(identity, site.changelogIds(admit));
            for (int p = 0; p < partitions; p++) fences.begin(producer.changelogs(admit, p));
            NewLog log = new NewLog(site, state, identity, producer);
            log.write();
            producer.flush();
            progress.accept(
                    "wrote " + log.records() + " records of " + log.heads().size() + " projects");
            log.removeMoved();
            ControlRows control = new ControlRows(site, producer, identity);
            control.write(projects(state, log.heads(), identity));
            producer.flush();
            Deletions.goOn(site, ControlSnapshot.read(site, reader), identity, producer);
            long targets = new NewMaterialize(site, reader, producer, identity).write(state, log.starts());
            progress.accept("prepared " + site.materialize().id() + " with " + targets + " targets");
            AdmitPositions positions = AdmitPositions.ofMore(new GroupOffsets(site, admit), partitions);
            new GroupOffsets(site, admit).set(positions.moved());
            for (int p = 0; p < partitions; p++) fences.end(producer.changelogs(admit, p), log.last(p));
            producer.flush();
            return report(log, targets, producer.written(), positions);
        }
    }

    /** Of all topics but the log, which is made anew. */
    private int partitions() throws RepairRefused {
        OfflineCheck.idle(site);
        return OfflineCheck.partitionsWithoutLog(site);
    }

    private NewTopic newLog(int partitions) {
        TopicSpec spec = TopicCatalogue.all(site.setup().limits()).stream()
                .filter(each -> each.name().equals(TopicCatalogue.LOG))
                .findFirst()
                .orElseThrow();
        return new NewTopic(spec.name(), partitions, spec.replicationFactor()).configs(spec.config());
    }

    private void addPartitions(int partitions) throws RepairRefused {
        List<String> fewer = new ArrayList<>();
        for (TopicDescription topic : site.describe(admit.changelogs()).values())
            if (topic.partitions().size() < partitions) fewer.add(topic.name());
        site.addPartitions(fewer, partitions);
    }

    private static List<DecidedProject> projects(
            AdmitState state, Map<String, ProjectHead> heads, ClusterIdentity identity) {
        Map<String, Policy> policies = new HashMap<>();
        state.rows(Names.POLICIES)
                .forEach((key, row) -> policies.put(Keys.suffix(key, 0), AdmitRows.policy(row.value())));
        List<DecidedProject> projects = new ArrayList<>();
        heads.forEach((project, head) -> projects.add(
                DecidedProject.of(project, head, policies.getOrDefault(project, Policy.DEFAULT), identity)));
        return projects;
    }

    private List<String> found(CommittedReader reader, int partitions) throws RepairRefused {
        TopicDescription log = site.describe(List.of(TopicCatalogue.LOG)).get(TopicCatalogue.LOG);
        if (log == null) return List.of(TopicCatalogue.LOG + " is gone");
        List<String> found = new ArrayList<>();
        if (log.partitions().size() != partitions)
            found.add(TopicCatalogue.LOG + " has " + log.partitions().size() + " partitions, the topics have "
                    + partitions);
        else found.addAll(Findings.of(site, admit, site.identity(), reader));
        return found;
    }

    private List<String> steps(AdmitState state, int partitions) {
        return List.of(
                "delete " + TopicCatalogue.LOG + ", where it is there, and create it with " + partitions
                        + " partitions",
                "write " + state.live() + " entities of " + state.heads().size()
                        + " projects to it, from the changelogs of " + admit.id(),
                "write the changelogs of " + site.materialize().id() + " anew; it reads the log at the next start",
                "begin a new epoch: every cursor from before is refused (410 cursor_expired), replicas, sinks and readers"
                        + " read everything again, outcomes of before are known without a seq");
    }

    private static Report report(NewLog log, long targets, long rows, AdmitPositions positions) {
        TreeMap<String, Long> counts = new TreeMap<>();
        counts.put("projects", (long) log.heads().size());
        counts.put("records", log.records());
        counts.put("targets", targets);
        counts.put("rows_written", rows);
        return new Report(counts, positions.notes());
    }
}
