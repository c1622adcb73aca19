package dev.tidemark.topology.repair;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.StreamsSettings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.streams.StreamsConfig;

/**
 * One of the two applications as its topics show it.
 *
 * @param config of its changelogs, as Kafka Streams would create them
 */
record Application(String id, List<String> inputs, List<String> stores, short replicas, Map<String, String> config) {
    static Application admit(RepairSetup setup) {
        return new Application(
                Names.ADMIT_APP,
                List.of(TopicCatalogue.MUTATIONS, TopicCatalogue.COMMANDS),
                Names.ADMIT_STORES,
                replicas(setup),
                config(StreamsSettings.admit(setup.instance(), setup.overrides().admit())));
    }

    static Application materialize(RepairSetup setup) {
        return new Application(
                Names.MATERIALIZE_APP,
                List.of(TopicCatalogue.LOG, TopicCatalogue.OUTCOMES, TopicCatalogue.ACKS),
                Names.MATERIALIZE_STORES,
                replicas(setup),
                config(StreamsSettings.materialize(
                        setup.instance(), setup.overrides().materialize())));
    }

    String changelog(String store) {
        return Names.changelog(id, store);
    }

    List<String> changelogs() {
        return stores.stream().map(this::changelog).toList();
    }

    List<NewTopic> newChangelogs(int partitions) {
        return changelogs().stream()
                .map(topic -> new NewTopic(topic, partitions, replicas).configs(config))
                .toList();
    }

    private static short replicas(RepairSetup setup) {
        return (short) setup.instance().copies().changelogs();
    }

    private static Map<String, String> config(Properties settings) {
        Map<String, String> config = new LinkedHashMap<>();
        config.put(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT);
        settings.forEach((name, value) -> {
            if (name.toString().startsWith(StreamsConfig.TOPIC_PREFIX))
                config.put(name.toString().substring(StreamsConfig.TOPIC_PREFIX.length()), value.toString());
        });
        return config;
    }
}
