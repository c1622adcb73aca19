package dev.tidemark.topology.repair;

import dev.tidemark.topology.provision.AdminCalls;
import dev.tidemark.topology.provision.StartRefused;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;

/** The consumer group of an application: whether anybody is in it, and its committed positions. */
final class GroupOffsets {
    /** Beyond the session timeout of an instance that was stopped or killed a moment ago. */
    private static final Duration MEMBERS_GONE_MAX = Duration.ofSeconds(20);

    private final RepairSite site;
    private final Application application;

    GroupOffsets(RepairSite site, Application application) {
        this.site = site;
        this.application = application;
    }

    /** @throws RepairRefused if an instance may be running */
    void requireIdle() throws RepairRefused {
        long deadlineNs = System.nanoTime() + MEMBERS_GONE_MAX.toNanos();
        while (members() > 0) {
            if (site.setup().members() == RepairSetup.Members.REMOVE) remove();
            else if (System.nanoTime() > deadlineNs) throw inUse();
            else RepairSite.pauseUntil(deadlineNs + MEMBERS_GONE_MAX.toNanos(), "wait for the members to leave");
        }
    }

    Map<TopicPartition, OffsetAndMetadata> committed() throws RepairRefused {
        Map<TopicPartition, OffsetAndMetadata> committed = new HashMap<>();
        site.ask(
                        site.admin().listConsumerGroupOffsets(application.id()).partitionsToOffsetAndMetadata(),
                        "read the offsets of " + application.id())
                .forEach((partition, offset) -> {
                    if (offset != null) committed.put(partition, offset);
                });
        return committed;
    }

    /** Positions without metadata: those of an application that has not worked from there yet. */
    void set(Map<TopicPartition, Long> positions) throws RepairRefused {
        if (positions.isEmpty()) return;
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        positions.forEach((partition, offset) -> offsets.put(partition, new OffsetAndMetadata(offset)));
        site.ask(
                site.admin()
                        .alterConsumerGroupOffsets(application.id(), offsets)
                        .all(),
                "set the offsets of " + application.id());
    }

    /** Where the application's topics begin, or end, on those partitions. */
    Map<TopicPartition, Long> offsets(int partitions, OffsetSpec spec) throws RepairRefused {
        Map<TopicPartition, OffsetSpec> wish = new HashMap<>();
        inputs(partitions).forEach(partition -> wish.put(partition, spec));
        Map<TopicPartition, Long> offsets = new HashMap<>();
        site.ask(site.admin().listOffsets(wish).all(), "read where topics begin and end")
                .forEach((partition, found) -> offsets.put(partition, found.offset()));
        return offsets;
    }

    List<TopicPartition> inputs(int partitions) {
        List<TopicPartition> all = new ArrayList<>();
        for (String topic : application.inputs())
            for (int p = 0; p < partitions; p++) all.add(new TopicPartition(topic, p));
        return all;
    }

    private int members() throws RepairRefused {
        String what = "read the members of " + application.id();
        try {
            return AdminCalls.answer(
                            site.admin()
                                    .describeConsumerGroups(List.of(application.id()))
                                    .all(),
                            what)
                    .values()
                    .stream()
                    .mapToInt(group -> group.members().size())
                    .sum();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) return 0;
            throw new RepairRefused(StartRefused.KAFKA_UNREACHABLE, "cannot " + what + ": " + e.getMessage());
        } catch (StartRefused e) {
            throw new RepairRefused(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private void remove() throws RepairRefused {
        site.ask(
                site.admin()
                        .removeMembersFromConsumerGroup(application.id(), new RemoveMembersFromConsumerGroupOptions())
                        .all(),
                "remove the members of " + application.id());
    }

    private RepairRefused inUse() {
        return new RepairRefused(
                RepairRefused.IN_USE,
                "an instance is running: the consumer group " + application.id() + " has members. Stop every instance;"
                        + " `kafka-consumer-groups.sh --describe --members --group " + application.id()
                        + "` names those that are left");
    }
}
