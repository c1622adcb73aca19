package dev.tidemark.topology.provision;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Remedy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.UnknownMemberIdException;
import org.jspecify.annotations.Nullable;

/**
 * Committed positions of an application, before it starts. There is no automatic reset: first offsets are seeded once, and a
 * position that is gone is refused, never skipped (semantics, section 7).
 */
public final class Positions {
    private final Admin admin;
    private final String applicationId;
    private final List<String> inputs;
    private final List<String> stores;
    private final int partitions;

    public Positions(Admin admin, String applicationId, List<String> inputs, List<String> stores, int partitions) {
        this.admin = admin;
        this.applicationId = applicationId;
        this.inputs = inputs;
        this.stores = stores;
        this.partitions = partitions;
    }

    /** Seeds the first offsets of an application that never ran; checks those of one that did. */
    public void prepare() throws StartRefused {
        Map<TopicPartition, OffsetAndMetadata> committed = AdminCalls.get(
                admin.listConsumerGroupOffsets(applicationId).partitionsToOffsetAndMetadata(),
                "read the offsets of " + applicationId);
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : inputs) for (int p = 0; p < partitions; p++) all.add(new TopicPartition(topic, p));
        boolean hasWorked = committed.values().stream().anyMatch(Positions::isOfStreams);
        // All are seeded at once: if some are missing, they were lost, with their topic perhaps.
        boolean wasSeeded = all.stream().anyMatch(committed::containsKey);
        if (hasWorked) checkChangelogs();
        else if (!wasSeeded) refuseOrphans();
        Map<TopicPartition, Long> first = offsets(all, OffsetSpec.earliest());
        Map<TopicPartition, OffsetAndMetadata> seeds = new HashMap<>();
        for (TopicPartition partition : all) {
            OffsetAndMetadata at = committed.get(partition);
            if (at == null && wasSeeded)
                throw isAdded(partition, committed)
                        ? lost(partition, "the partition was added, and nobody has read it yet", Remedy.LOG)
                        : lost(partition, "its committed offset is gone", remedy());
            if (at == null) seeds.put(partition, new OffsetAndMetadata(first.getOrDefault(partition, 0L)));
            else if (at.offset() < first.getOrDefault(partition, 0L))
                throw lost(
                        partition,
                        "it stands at " + at.offset() + ", the topic begins at " + first.get(partition),
                        remedy(partition.topic()));
        }
        checkEnds(committed, all);
        if (!seeds.isEmpty()) seed(seeds);
    }

    /** Whether its topic has had fewer partitions: those before it have positions, it and those behind it have none. */
    private static boolean isAdded(TopicPartition partition, Map<TopicPartition, OffsetAndMetadata> committed) {
        int highest = committed.keySet().stream()
                .filter(each -> each.topic().equals(partition.topic()))
                .mapToInt(TopicPartition::partition)
                .max()
                .orElse(Integer.MAX_VALUE);
        return partition.partition() > highest;
    }

    /** Kafka refuses it while the group has a member, a static one included that was killed a moment ago. */
    private void seed(Map<TopicPartition, OffsetAndMetadata> seeds) throws StartRefused {
        String what = "seed first offsets";
        try {
            AdminCalls.answer(
                    admin.alterConsumerGroupOffsets(applicationId, seeds).all(), what);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof UnknownMemberIdException
                    ? inUse()
                    : AdminCalls.unreachable(what, String.valueOf(e.getMessage()));
        }
    }

    /** Kafka Streams always commits with metadata, the seeding never does. */
    private static boolean isOfStreams(@Nullable OffsetAndMetadata offset) {
        return offset != null && !offset.metadata().isEmpty();
    }

    private void checkEnds(Map<TopicPartition, OffsetAndMetadata> committed, List<TopicPartition> all)
            throws StartRefused {
        Map<TopicPartition, Long> ends = offsets(all, OffsetSpec.latest());
        for (TopicPartition partition : all) {
            OffsetAndMetadata at = committed.get(partition);
            if (at != null && at.offset() > ends.getOrDefault(partition, 0L))
                throw mismatch(
                        "the topic " + partition.topic() + " ends at " + ends.get(partition) + " on partition "
                                + partition.partition() + ", but was read up to " + at.offset()
                                + ": it was recreated, or records were lost",
                        remedy(partition.topic()));
        }
    }

    private void checkChangelogs() throws StartRefused {
        Set<String> there = AdminCalls.get(admin.listTopics().names(), "list topics");
        List<String> missing =
                changelogs().stream().filter(topic -> !there.contains(topic)).toList();
        if (!missing.isEmpty())
            throw mismatch("the changelog topics " + missing + " are gone although work was committed", remedy());
        Map<String, TopicDescription> topics =
                AdminCalls.get(admin.describeTopics(changelogs()).allTopicNames(), "describe changelog topics");
        for (TopicDescription topic : topics.values())
            if (topic.partitions().size() != partitions)
                throw mismatch(
                        "the topics have " + partitions + " partitions now, the state was built with "
                                + topic.partitions().size() + "; projects would change their partition",
                        Remedy.LOG);
    }

    /**
     * Offsets are seeded before a changelog gets its first row, and before the first record is written, so rows or records without
     * any offset mean that the offsets were lost.
     */
    private void refuseOrphans() throws StartRefused {
        Set<String> there = AdminCalls.get(admin.listTopics().names(), "list topics");
        if (holdsAnything(changelogs().stream().filter(there::contains).toList()))
            throw lost(first(), "its committed offsets are gone although it has state", remedy());
        if (holdsAnything(List.of(TopicCatalogue.LOG)))
            throw lost(
                    first(),
                    "its committed offsets are gone although " + TopicCatalogue.LOG + " has records",
                    remedy());
    }

    private TopicPartition first() {
        return new TopicPartition(inputs.get(0), 0);
    }

    private boolean holdsAnything(List<String> topics) throws StartRefused {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : topics) for (int p = 0; p < partitions; p++) all.add(new TopicPartition(topic, p));
        return !all.isEmpty()
                && offsets(all, OffsetSpec.latest()).values().stream().anyMatch(end -> end > 0);
    }

    private Remedy remedy() {
        return Remedy.ofWriter(applicationId.equals(Names.ADMIT_APP));
    }

    private Remedy remedy(String topic) {
        return topic.equals(TopicCatalogue.LOG) ? Remedy.LOG : remedy();
    }

    private List<String> changelogs() {
        return stores.stream()
                .map(store -> Names.changelog(applicationId, store))
                .toList();
    }

    private Map<TopicPartition, Long> offsets(List<TopicPartition> of, OffsetSpec spec) throws StartRefused {
        Map<TopicPartition, OffsetSpec> wish = of.stream().collect(Collectors.toMap(Function.identity(), p -> spec));
        Map<TopicPartition, ListOffsetsResultInfo> found =
                AdminCalls.get(admin.listOffsets(wish).all(), "read where topics begin and end");
        Map<TopicPartition, Long> offsets = new HashMap<>();
        found.forEach((partition, info) -> offsets.put(partition, info.offset()));
        return offsets;
    }

    private StartRefused inUse() {
        return new StartRefused(
                StartRefused.GROUP_IN_USE,
                "the first offsets of " + applicationId + " cannot be set: another instance, or another program, is a"
                        + " member of that consumer group. If another instance starts for the first time as well, or was"
                        + " killed just now, wait half a minute and start again; else stop the member that"
                        + " `kafka-consumer-groups.sh --describe --members --group " + applicationId + "` names");
    }

    private StartRefused lost(TopicPartition partition, String why, Remedy remedy) {
        return new StartRefused(
                StartRefused.POSITION_LOST,
                applicationId + " lost its position in " + partition + ": " + why + ". Going on would skip records. "
                        + remedy.text() + "; see deploy/README.md, \"position_lost\"");
    }

    private StartRefused mismatch(String what, Remedy remedy) {
        return new StartRefused(
                StartRefused.STATE_MISMATCH,
                applicationId + ": " + what + ". Nothing was read or written. " + remedy.text()
                        + "; see deploy/README.md, \"state_mismatch\"");
    }
}
