package dev.tidemark.topology.repair;

import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.fence.FenceRow;
import dev.tidemark.topology.fence.FenceRows;
import dev.tidemark.topology.serde.Keys;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Bytes;

/** What is wrong with an application, in words for people. */
final class Findings {
    private final RepairSite site;
    private final Application application;
    private final ClusterIdentity identity;
    private final List<String> found = new ArrayList<>();

    private Findings(RepairSite site, Application application, ClusterIdentity identity) {
        this.site = site;
        this.application = application;
        this.identity = identity;
    }

    static List<String> of(RepairSite site, Application application, ClusterIdentity identity, CommittedReader reader)
            throws RepairRefused {
        Findings findings = new Findings(site, application, identity);
        findings.changelogs(reader);
        findings.positions();
        return findings.found;
    }

    /** The same of its changelogs alone. */
    static List<String> ofState(
            RepairSite site, Application application, ClusterIdentity identity, CommittedReader reader)
            throws RepairRefused {
        Findings findings = new Findings(site, application, identity);
        findings.changelogs(reader);
        return findings.found;
    }

    private void changelogs(CommittedReader reader) throws RepairRefused {
        Map<String, TopicDescription> topics = site.describe(application.changelogs());
        for (String changelog : application.changelogs()) {
            TopicDescription topic = topics.get(changelog);
            if (topic == null) found.add("the changelog " + changelog + " is gone");
            else if (topic.partitions().size() != identity.partitions())
                found.add("the changelog " + changelog + " has "
                        + topic.partitions().size() + " partitions, the topics have " + identity.partitions());
        }
        TopicDescription fence = topics.get(application.changelog(Names.ADMIT_FENCE));
        if (fence != null) fences(reader, fence.partitions().size());
    }

    private void fences(CommittedReader reader, int partitions) throws RepairRefused {
        Map<String, String> now = site.changelogIds(application);
        for (int p = 0; p < partitions; p++) {
            Map<Bytes, byte[]> rows = reader.rows(application.changelog(Names.ADMIT_FENCE), p);
            byte[] row = rows.get(FenceRows.IDENTITY);
            if (row == null && rows.containsKey(Keys.SENTINEL)) add("a repair of " + application.id() + " did not end");
            if (row == null) continue;
            FenceRow fence = FenceRows.fence(row);
            for (Map.Entry<String, String> each : fence.changelogIds().entrySet())
                if (now.containsKey(each.getKey()) && !each.getValue().equals(now.get(each.getKey())))
                    add("the changelog " + application.changelog(each.getKey()) + " was made anew");
            if (!fence.logTopicId().equals(identity.logTopicId())) add("tidemark.log was made anew");
        }
    }

    private void positions() throws RepairRefused {
        GroupOffsets offsets = new GroupOffsets(site, application);
        Map<TopicPartition, OffsetAndMetadata> committed = offsets.committed();
        Map<TopicPartition, Long> first = offsets.offsets(identity.partitions(), OffsetSpec.earliest());
        Map<TopicPartition, Long> end = offsets.offsets(identity.partitions(), OffsetSpec.latest());
        int gone = 0;
        for (TopicPartition partition : offsets.inputs(identity.partitions())) {
            OffsetAndMetadata at = committed.get(partition);
            if (at == null) gone++;
            else if (at.offset() < first.getOrDefault(partition, 0L))
                add("the position in " + partition + " is " + at.offset() + ", the topic begins at "
                        + first.get(partition));
            else if (at.offset() > end.getOrDefault(partition, 0L))
                add("the position in " + partition + " is " + at.offset() + ", the topic ends at "
                        + end.get(partition));
        }
        if (gone > 0) add(gone + " positions of " + application.id() + " are gone");
    }

    private void add(String what) {
        if (!found.contains(what)) found.add(what);
    }
}
