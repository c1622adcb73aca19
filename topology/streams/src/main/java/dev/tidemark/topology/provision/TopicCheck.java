package dev.tidemark.topology.provision;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topic.TopicLimits;
import dev.tidemark.topic.TopicSpec;
import dev.tidemark.topology.Names;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.config.ConfigResource;
import org.jspecify.annotations.Nullable;

/** The topics of the catalogue, and the changelogs where there are any, against those of a cluster. */
public final class TopicCheck {
    private static final String MIN_IN_SYNC = "min.insync.replicas";
    private static final List<String> CHANGELOGS = changelogs();

    private static final Duration LISTED_MAX = Duration.ofSeconds(20);
    private static final Duration LISTED_EVERY = Duration.ofMillis(50);

    private final Admin admin;
    private final List<TopicSpec> wanted;

    public TopicCheck(Admin admin, TopicLimits limits) {
        this.admin = admin;
        this.wanted = TopicCatalogue.all(limits);
    }

    /**
     * One difference.
     *
     * @param setting {@code topic} where the topic itself is missing, {@code partitions}, {@code replication.factor}, or a
     *     setting of it
     * @param found null: nothing
     */
    public record Difference(
            String topic,
            String setting,
            String wanted,
            @Nullable String found) {
        public boolean isMissingTopic() {
            return setting.equals("topic");
        }

        public boolean isReplication() {
            return setting.equals("replication.factor");
        }

        @Override
        public String toString() {
            if (isMissingTopic()) return topic + " is not there";
            return topic + ": " + setting + " is " + found + ", must be " + wanted;
        }
    }

    /** Every difference that matters; empty: all is as it must be. */
    public List<Difference> diff() throws StartRefused {
        Set<String> there = AdminCalls.get(admin.listTopics().names(), "list topics");
        List<Difference> differences = new ArrayList<>();
        List<TopicSpec> found = new ArrayList<>();
        for (TopicSpec spec : wanted) {
            if (there.contains(spec.name())) found.add(spec);
            else differences.add(new Difference(spec.name(), "topic", "there", null));
        }
        differences.addAll(settings(found));
        differences.addAll(copies(CHANGELOGS.stream().filter(there::contains).toList()));
        return differences;
    }

    /** Creates what is missing and changes nothing that is there; returns when it can be seen. */
    public List<String> create() throws StartRefused {
        List<NewTopic> missing = new ArrayList<>();
        Set<String> there = AdminCalls.get(admin.listTopics().names(), "list topics");
        for (TopicSpec spec : wanted)
            if (!there.contains(spec.name()))
                missing.add(new NewTopic(spec.name(), spec.partitions(), spec.replicationFactor())
                        .configs(new HashMap<>(spec.config())));
        List<String> created = missing.stream().map(NewTopic::name).toList();
        if (created.isEmpty()) return created;
        AdminCalls.get(admin.createTopics(missing).all(), "create topics");
        awaitListed(created);
        return created;
    }

    /** The controller has created them; a broker lists them once it has read that, which may be later. */
    private void awaitListed(List<String> created) throws StartRefused {
        long deadlineNs = System.nanoTime() + LISTED_MAX.toNanos();
        while (!AdminCalls.get(admin.listTopics().names(), "list topics").containsAll(created)) {
            if (System.nanoTime() > deadlineNs)
                throw new StartRefused(
                        StartRefused.KAFKA_UNREACHABLE,
                        "topics were created but are not listed after " + LISTED_MAX.toSeconds()
                                + " s; check that the brokers are well and start again");
            AdminCalls.pause(LISTED_EVERY, "list topics");
        }
    }

    /** Partition count of the mutations; the others have been compared with it. */
    public int partitions() throws StartRefused {
        return describe(List.of(TopicCatalogue.MUTATIONS)).get(0).partitions().size();
    }

    /** Topic id, which a recreated topic does not share with the one before. */
    public String idOf(String topic) throws StartRefused {
        return describe(List.of(topic)).get(0).topicId().toString();
    }

    private List<Difference> settings(List<TopicSpec> found) throws StartRefused {
        List<Difference> differences = new ArrayList<>();
        if (found.isEmpty()) return differences;
        List<TopicDescription> topics =
                describe(found.stream().map(TopicSpec::name).toList());
        List<Config> configs = configs(found.stream().map(TopicSpec::name).toList());
        int partitions = topics.get(0).partitions().size();
        for (int i = 0; i < found.size(); i++) {
            TopicSpec spec = found.get(i);
            Config config = configs.get(i);
            int live = topics.get(i).partitions().size();
            if (live != partitions)
                differences.add(new Difference(
                        spec.name(),
                        "partitions",
                        partitions + " (as " + found.get(0).name() + ")",
                        "" + live));
            spec.config().forEach((name, value) -> {
                ConfigEntry entry = config.get(name);
                String now = entry == null ? null : entry.value();
                if (!value.equals(now)) differences.add(new Difference(spec.name(), name, value, now));
            });
            replicas(topics.get(i)).ifPresent(differences::add);
        }
        return differences;
    }

    /**
     * Kafka Streams makes the changelogs, with the replicas that are configured then, and never looks again: state would still
     * have one copy where the log has three.
     */
    private List<Difference> copies(List<String> changelogs) throws StartRefused {
        List<Difference> differences = new ArrayList<>();
        if (changelogs.isEmpty()) return differences;
        List<TopicDescription> topics = describe(changelogs);
        List<Config> configs = configs(changelogs);
        String least = Objects.requireNonNull(wanted.get(0).config().get(MIN_IN_SYNC));
        for (int i = 0; i < topics.size(); i++) {
            ConfigEntry entry = configs.get(i).get(MIN_IN_SYNC);
            String now = entry == null ? null : entry.value();
            if (now == null || Integer.parseInt(now) < Integer.parseInt(least))
                differences.add(new Difference(changelogs.get(i), MIN_IN_SYNC, least, now));
            replicas(topics.get(i)).ifPresent(differences::add);
        }
        return differences;
    }

    /** More replicas than are configured do no harm. */
    private Optional<Difference> replicas(TopicDescription topic) {
        int configured = wanted.get(0).replicationFactor();
        int fewest = topic.partitions().stream()
                .mapToInt(partition -> partition.replicas().size())
                .min()
                .orElse(0);
        return fewest >= configured
                ? Optional.empty()
                : Optional.of(new Difference(topic.name(), "replication.factor", "" + configured, "" + fewest));
    }

    private static List<String> changelogs() {
        List<String> changelogs = new ArrayList<>();
        for (String store : Names.ADMIT_STORES) changelogs.add(Names.changelog(Names.ADMIT_APP, store));
        for (String store : Names.MATERIALIZE_STORES) changelogs.add(Names.changelog(Names.MATERIALIZE_APP, store));
        return List.copyOf(changelogs);
    }

    /** In the order of the names. */
    private List<TopicDescription> describe(List<String> names) throws StartRefused {
        Map<String, TopicDescription> byName =
                AdminCalls.get(admin.describeTopics(names).allTopicNames(), "describe topics");
        return names.stream()
                .map(name -> Objects.requireNonNull(byName.get(name)))
                .toList();
    }

    /** In the order of the names. */
    private List<Config> configs(List<String> names) throws StartRefused {
        List<ConfigResource> resources = names.stream()
                .map(name -> new ConfigResource(ConfigResource.Type.TOPIC, name))
                .toList();
        Map<ConfigResource, Config> byTopic =
                AdminCalls.get(admin.describeConfigs(resources).all(), "read the settings of topics");
        return resources.stream()
                .map(resource -> Objects.requireNonNull(byTopic.get(resource)))
                .toList();
    }
}
