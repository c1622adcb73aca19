package dev.tidemark.backbone;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.provision.Positions;
import dev.tidemark.topology.provision.StartRefused;
import dev.tidemark.topology.provision.TopicCheck;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaException;

/** Everything that is checked, created or seeded on the cluster before a topology starts. */
final class Preflight {
    private static final int TIMEOUT_SECONDS = 15;

    private Preflight() {}

    /** What it found. */
    record Result(ClusterIdentity identity) {}

    static Result run(BackboneConfig config) throws BackboneRefusal {
        Properties properties = new Properties();
        properties.putAll(config.clients());
        try (Admin admin = Admin.create(properties)) {
            String clusterId = clusterId(admin, config);
            TopicCheck topics = new TopicCheck(admin, config.topicLimits());
            if (config.createTopics()) topics.create();
            check(topics.diff());
            int partitions = topics.partitions();
            String logId = topics.idOf(TopicCatalogue.LOG);
            positions(admin, partitions);
            return new Result(new ClusterIdentity(clusterId, logId, partitions));
        } catch (StartRefused e) {
            throw new BackboneRefusal(e.code(), String.valueOf(e.getMessage()));
        } catch (KafkaException e) {
            throw new BackboneRefusal("config_invalid", "Kafka clients refuse their settings: " + e.getMessage());
        }
    }

    private static void check(List<TopicCheck.Difference> differences) throws StartRefused {
        if (differences.isEmpty()) return;
        String all = differences.stream().map(String::valueOf).collect(Collectors.joining("; "));
        boolean missing = differences.stream().anyMatch(TopicCheck.Difference::isMissingTopic);
        throw missing
                ? new StartRefused(
                        StartRefused.TOPICS_MISSING, "topics are missing: " + all + ". Run: tidemark topics create")
                : new StartRefused(
                        StartRefused.TOPIC_SETTINGS,
                        "topics have other settings than Tidemark needs: " + all + ". See: tidemark topics diff");
    }

    private static void positions(Admin admin, int partitions) throws StartRefused {
        new Positions(
                        admin,
                        Names.ADMIT_APP,
                        List.of(TopicCatalogue.MUTATIONS, TopicCatalogue.COMMANDS),
                        Names.ADMIT_STORES,
                        partitions)
                .prepare();
        new Positions(
                        admin,
                        Names.MATERIALIZE_APP,
                        List.of(TopicCatalogue.LOG, TopicCatalogue.OUTCOMES, TopicCatalogue.ACKS),
                        Names.MATERIALIZE_STORES,
                        partitions)
                .prepare();
    }

    private static String clusterId(Admin admin, BackboneConfig config) throws BackboneRefusal {
        try {
            return admin.describeCluster().clusterId().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw unreachable(config, "interrupted");
        } catch (TimeoutException e) {
            throw unreachable(config, "no answer within " + TIMEOUT_SECONDS + " s");
        } catch (ExecutionException e) {
            throw unreachable(config, String.valueOf(e.getMessage()));
        }
    }

    private static BackboneRefusal unreachable(BackboneConfig config, String why) {
        Object servers = Map.copyOf(config.properties()).get("bootstrap.servers");
        return new BackboneRefusal(
                StartRefused.KAFKA_UNREACHABLE,
                "no Kafka answers at " + servers + ": " + why + "; check the address and that the broker runs");
    }
}
