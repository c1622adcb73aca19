package dev.tidemark.topology.repair;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.provision.AdminCalls;
import dev.tidemark.topology.provision.StartRefused;
import dev.tidemark.wire.WireCodec;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;

/** The Kafka that is repaired. Every call has a bound. */
public final class RepairSite implements AutoCloseable {
    private static final Duration CHANGED_MAX = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(50);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final RepairSetup setup;
    private final Admin admin;

    private RepairSite(RepairSetup setup, Admin admin) {
        this.setup = setup;
        this.admin = admin;
    }

    public static RepairSite open(RepairSetup setup) {
        Properties properties = new Properties();
        properties.putAll(setup.instance().clients());
        return new RepairSite(setup, Admin.create(properties));
    }

    RepairSetup setup() {
        return setup;
    }

    Admin admin() {
        return admin;
    }

    WireCodec codec() {
        return setup.codec();
    }

    Application admit() {
        return Application.admit(setup);
    }

    Application materialize() {
        return Application.materialize(setup);
    }

    CommittedReader reader() {
        return new CommittedReader(setup.instance().clients());
    }

    /** @throws RepairRefused if the log is not there */
    ClusterIdentity identity() throws RepairRefused {
        TopicDescription log = describe(List.of(TopicCatalogue.LOG)).get(TopicCatalogue.LOG);
        if (log == null)
            throw new RepairRefused(
                    RepairRefused.SOURCE_MISSING,
                    TopicCatalogue.LOG + " is not there. Run `tidemark repair log`, which writes it anew");
        return new ClusterIdentity(
                clusterId(), log.topicId().toString(), log.partitions().size());
    }

    String clusterId() throws RepairRefused {
        return ask(admin.describeCluster().clusterId(), "read the cluster's id");
    }

    Set<String> topics() throws RepairRefused {
        return ask(admin.listTopics().names(), "list topics");
    }

    /** Those that are there. */
    Map<String, TopicDescription> describe(Collection<String> names) throws RepairRefused {
        Set<String> there = topics();
        List<String> known = names.stream().filter(there::contains).toList();
        if (known.isEmpty()) return Map.of();
        return ask(admin.describeTopics(known).allTopicNames(), "describe topics");
    }

    /** Topic ids of an application's changelogs, by store; those that are there. */
    Map<String, String> changelogIds(Application application) throws RepairRefused {
        Map<String, TopicDescription> topics = describe(application.changelogs());
        Map<String, String> ids = new TreeMap<>();
        for (String store : application.stores()) {
            TopicDescription topic = topics.get(application.changelog(store));
            if (topic != null) ids.put(store, topic.topicId().toString());
        }
        return ids;
    }

    /** Deletes those topics, where they are there, and creates them as they are given. */
    void recreate(List<NewTopic> topics) throws RepairRefused {
        Set<String> names = topics.stream().map(NewTopic::name).collect(Collectors.toSet());
        Set<String> there = topics();
        List<String> old = names.stream().filter(there::contains).toList();
        if (!old.isEmpty()) ask(admin.deleteTopics(old).all(), "delete " + old);
        awaitTopics(now -> old.stream().noneMatch(now::contains), "delete " + old);
        ask(admin.createTopics(topics).all(), "create " + names);
        awaitTopics(now -> now.containsAll(names), "create " + names);
    }

    void addPartitions(Collection<String> topics, int partitions) throws RepairRefused {
        Map<String, NewPartitions> more = topics.stream()
                .collect(Collectors.toMap(topic -> topic, topic -> NewPartitions.increaseTo(partitions)));
        if (more.isEmpty()) return;
        ask(admin.createPartitions(more).all(), "add partitions");
        long deadlineNs = System.nanoTime() + CHANGED_MAX.toNanos();
        while (describe(topics).values().stream()
                .anyMatch(topic -> topic.partitions().size() != partitions)) pauseUntil(deadlineNs, "add partitions");
    }

    <T> T ask(KafkaFuture<T> future, String what) throws RepairRefused {
        try {
            return AdminCalls.get(future, what);
        } catch (StartRefused e) {
            throw new RepairRefused(e.code(), String.valueOf(e.getMessage()));
        }
    }

    /** Between two looks at what the cluster does by itself. @throws RepairRefused if that takes too long */
    static void pauseUntil(long deadlineNs, String what) throws RepairRefused {
        try {
            if (System.nanoTime() > deadlineNs)
                throw new RepairRefused(
                        StartRefused.KAFKA_UNREACHABLE, "cannot " + what + ": it is not done in time; run it again");
            AdminCalls.pause(LOOK_EVERY, what);
        } catch (StartRefused e) {
            throw new RepairRefused(e.code(), String.valueOf(e.getMessage()));
        }
    }

    private void awaitTopics(java.util.function.Predicate<Set<String>> done, String what) throws RepairRefused {
        long deadlineNs = System.nanoTime() + CHANGED_MAX.toNanos();
        while (!done.test(topics())) pauseUntil(deadlineNs, what);
    }

    @Override
    public void close() {
        admin.close(CLOSE);
    }
}
