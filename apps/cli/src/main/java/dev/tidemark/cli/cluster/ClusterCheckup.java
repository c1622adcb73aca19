package dev.tidemark.cli.cluster;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.topic.TopicLimits;
import dev.tidemark.topology.provision.StartRefused;
import dev.tidemark.topology.provision.TopicCheck;
import dev.tidemark.topology.provision.TopicCheck.Difference;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.config.ConfigResource;

/** What is right and wrong with a cluster, for Tidemark. */
public final class ClusterCheckup {
    private static final int CALL_TIMEOUT_SECONDS = 20;
    private static final long OFFSETS_MINUTES_MIN = TimeUnit.DAYS.toMinutes(30);
    private static final long TRANSACTION_MS_MIN = TimeUnit.SECONDS.toMillis(15);

    private final Admin admin;
    private final TopicLimits limits;
    private final List<Finding> findings = new ArrayList<>();

    public ClusterCheckup(Admin admin, TopicLimits limits) {
        this.admin = admin;
        this.limits = limits;
    }

    public List<Finding> run() {
        try {
            Collection<Node> brokers = get(admin.describeCluster().nodes());
            size(brokers.size());
            settings(brokers.iterator().next());
            topics();
        } catch (ExecutionException | TimeoutException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            findings.add(Finding.wrong(
                    "kafka",
                    "it does not answer: " + reason,
                    "check that the broker runs, and the kafka.* settings if it asks for a login or TLS"));
        }
        return List.copyOf(findings);
    }

    private void size(int brokers) {
        int wanted = limits.layout().replicationFactor();
        if (brokers < wanted)
            findings.add(Finding.wrong(
                    "brokers",
                    brokers + " for " + wanted + " replicas",
                    "start more brokers, or set replication.factor to " + brokers));
        else if (wanted == 1)
            findings.add(Finding.unsure(
                    "brokers",
                    brokers + ", one replica of everything",
                    "right for one machine; in production use three and replication.factor=3"));
        else findings.add(Finding.ok("brokers", brokers + " for " + wanted + " replicas"));
    }

    private void settings(Node broker) throws ExecutionException, TimeoutException {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.BROKER, broker.idString());
        Config config = get(admin.describeConfigs(List.of(resource)).all()).get(resource);
        if (config == null) return;
        atLeast(
                config,
                "offsets.retention.minutes",
                OFFSETS_MINUTES_MIN,
                "positions of a server that is off are forgotten");
        atLeast(config, "transaction.max.timeout.ms", TRANSACTION_MS_MIN, "Admit's transactions are refused");
        ConfigEntry autoCreate = config.get("auto.create.topics.enable");
        if (autoCreate != null && "true".equals(autoCreate.value()))
            findings.add(Finding.unsure(
                    "auto.create.topics.enable",
                    "on: a client with a typo makes topics with the wrong settings",
                    "set it to false on the brokers"));
    }

    private void atLeast(Config config, String name, long least, String consequence) {
        ConfigEntry entry = config.get(name);
        if (entry == null || entry.value() == null) return;
        if (Long.parseLong(entry.value()) >= least) findings.add(Finding.ok(name, entry.value()));
        else
            findings.add(Finding.wrong(
                    name,
                    entry.value() + ", below " + least + ": " + consequence,
                    "set it to " + least + " or more on the brokers"));
    }

    private void topics() {
        try {
            List<Difference> differences = new TopicCheck(admin, limits).diff();
            if (differences.isEmpty()) findings.add(Finding.ok("topics", "all there, all settings right"));
            for (Difference difference : differences)
                findings.add(Finding.wrong("topics", difference.toString(), mend(difference)));
        } catch (StartRefused refused) {
            findings.add(
                    Finding.wrong("topics", String.valueOf(refused.getMessage()), "check the rights of this login"));
        }
    }

    /** What repairs a difference without losing anything. */
    public static String mend(Difference difference) {
        if (difference.isMissingTopic()) return "run `tidemark topics create`";
        if (difference.setting().equals("partitions"))
            return "stop every instance, give all topics the highest number of them (kafka-topics.sh --alter --partitions), and"
                    + " run `tidemark repair log`";
        if (difference.isReplication())
            return "kafka-reassign-partitions.sh gives its partitions " + difference.wanted()
                    + " replicas; or, if fewer are meant, set replication.factor to " + difference.found();
        return "kafka-configs.sh --alter --entity-type topics --entity-name " + difference.topic() + " --add-config "
                + difference.setting() + "=" + difference.wanted();
    }

    private static <T> T get(KafkaFuture<T> future) throws ExecutionException, TimeoutException {
        try {
            return future.get(CALL_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure("interrupted", e);
        }
    }
}
