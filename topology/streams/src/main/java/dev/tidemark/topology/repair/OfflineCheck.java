package dev.tidemark.topology.repair;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topic.TopicSpec;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;

/** What must hold before anything is repaired: nobody runs, and the topics are there with one partition count. */
final class OfflineCheck {
    private OfflineCheck() {}

    static void run(RepairSite site) throws RepairRefused {
        idle(site);
        partitionsOf(site, names(site));
    }

    /** The log itself may be gone, or have another count. */
    static int partitionsWithoutLog(RepairSite site) throws RepairRefused {
        return partitionsOf(
                site,
                names(site).stream()
                        .filter(name -> !name.equals(TopicCatalogue.LOG))
                        .toList());
    }

    private static int partitionsOf(RepairSite site, List<String> names) throws RepairRefused {
        Map<String, TopicDescription> topics = site.describe(names);
        int partitions = -1;
        for (String name : names) {
            TopicDescription topic = topics.get(name);
            if (topic == null) throw missing(name);
            if (partitions < 0) partitions = topic.partitions().size();
            if (topic.partitions().size() != partitions)
                throw new RepairRefused(
                        RepairRefused.SOURCE_MISMATCH,
                        name + " has " + topic.partitions().size() + " partitions, others have " + partitions
                                + ". Give all topics the same number first; `tidemark topics diff` names them");
        }
        return partitions;
    }

    static void idle(RepairSite site) throws RepairRefused {
        new GroupOffsets(site, site.admit()).requireIdle();
        new GroupOffsets(site, site.materialize()).requireIdle();
    }

    static List<String> names(RepairSite site) {
        return TopicCatalogue.all(site.setup().limits()).stream()
                .map(TopicSpec::name)
                .toList();
    }

    private static RepairRefused missing(String name) {
        String first = name.equals(TopicCatalogue.LOG)
                ? "Run `tidemark repair log`, which writes it anew"
                : "Run `tidemark topics create` first";
        return new RepairRefused(RepairRefused.SOURCE_MISSING, name + " is not there. " + first);
    }
}
