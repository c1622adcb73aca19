package dev.tidemark.cli.it;

import static org.awaitility.Awaitility.await;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.backbone.BackboneRefusal;
import dev.tidemark.cli.embedded.EmbeddedBroker;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.ConsumerGroupDescription;
import org.apache.kafka.clients.admin.NewPartitions;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.config.ConfigResource;

/** The broker of a data directory in this process, so that its topics can be changed while no backbone runs on them. */
final class Stack implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Path data;
    private final EmbeddedBroker broker;
    private final Admin admin;

    private Stack(Path data, EmbeddedBroker broker) {
        this.data = data;
        this.broker = broker;
        this.admin = Admin.create(Map.of("bootstrap.servers", broker.bootstrapServers()));
    }

    /** @param data as {@code up} lays it out, or empty */
    static Stack on(Path data) {
        try {
            Path kafka = Files.createDirectories(data.resolve("kafka"));
            return new Stack(data, EmbeddedBroker.start(kafka, FreePorts.neighbours(2)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Stack onCopy(Path data, Path copy) {
        Trees.copy(data, copy);
        return on(copy);
    }

    String bootstrap() {
        return broker.bootstrapServers();
    }

    /** A backbone on it, with one partition, which may still be restoring. */
    Backbone start(String... settings) throws BackboneRefusal {
        Map<String, String> properties = new HashMap<>(Map.of(
                "bootstrap.servers", bootstrap(),
                "state.dir", data.resolve("state").toString(),
                "http.port", "0",
                "partitions", "1",
                "replication.factor", "1",
                "topics.create", "true"));
        for (String setting : settings) {
            int equals = setting.indexOf('=');
            properties.put(setting.substring(0, equals), setting.substring(equals + 1));
        }
        return Backbone.start(BackboneConfig.of(properties));
    }

    Backbone ready(String... settings) {
        try {
            Backbone backbone = start(settings);
            await("the backbone is ready").atMost(PATIENCE).until(() -> {
                backbone.failure().ifPresent(text -> {
                    throw new AssertionError(text);
                });
                return backbone.isReady();
            });
            return backbone;
        } catch (BackboneRefusal e) {
            throw new AssertionError(e.code(), e);
        }
    }

    /** Why a backbone will not run on it: refused at once, or found out by a fence. */
    String refusal(String... settings) {
        try (Backbone backbone = start(settings)) {
            Optional<String> failure = await("the backbone fails")
                    .atMost(PATIENCE)
                    .until(
                            () -> backbone.isReady() ? Optional.of("it is ready") : backbone.failure(),
                            Optional::isPresent);
            return failure.orElseThrow();
        } catch (BackboneRefusal e) {
            return e.code() + ": " + e.getMessage();
        }
    }

    void delete(String topic) {
        get(admin.deleteTopics(List.of(topic)).all());
        await(topic + " is gone").atMost(PATIENCE).until(() -> !topics().contains(topic));
    }

    void create(NewTopic topic) {
        get(admin.createTopics(List.of(topic)).all());
        await(topic.name() + " is there").atMost(PATIENCE).until(() -> topics().contains(topic.name()));
    }

    void addPartitions(String topic, int total) {
        get(admin.createPartitions(Map.of(topic, NewPartitions.increaseTo(total)))
                .all());
        await(topic + " has " + total + " partitions")
                .atMost(PATIENCE)
                .until(() -> get(admin.describeTopics(List.of(topic)).allTopicNames())
                                .get(topic)
                                .partitions()
                                .size()
                        == total);
    }

    void set(String topic, String name, String value) {
        ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
        AlterConfigOp change = new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET);
        get(admin.incrementalAlterConfigs(Map.of(resource, Set.of(change))).all());
        await(topic + " has " + name)
                .atMost(PATIENCE)
                .until(() -> get(admin.describeConfigs(List.of(resource)).all())
                        .get(resource)
                        .get(name)
                        .value()
                        .equals(value));
    }

    /** The committed offsets of an application whose last instance left its place in the group open. */
    void forgetPositions(String application) {
        evict(application);
        get(admin.deleteConsumerGroups(List.of(application)).all());
    }

    /** Ends the membership of an instance that was closed, before its session does. */
    void evict(String application) {
        try {
            if (describe(application).members().isEmpty()) return;
        } catch (AssertionError e) {
            return; // there is no such group
        }
        get(admin.removeMembersFromConsumerGroup(application, new RemoveMembersFromConsumerGroupOptions())
                .all());
    }

    private ConsumerGroupDescription describe(String application) {
        return get(admin.describeConsumerGroups(List.of(application))
                .describedGroups()
                .get(application));
    }

    /** What retention does: a topic begins at its end. */
    void forgetRecords(String topic) {
        int partitions = get(admin.describeTopics(List.of(topic)).allTopicNames())
                .get(topic)
                .partitions()
                .size();
        Map<TopicPartition, RecordsToDelete> all = new HashMap<>();
        for (int p = 0; p < partitions; p++) all.put(new TopicPartition(topic, p), RecordsToDelete.beforeOffset(-1));
        get(admin.deleteRecords(all).all());
    }

    /** Moves an application back to the beginning of a topic, as if it had been off since then. */
    void rewind(String application, String topic) {
        evict(application);
        Map<TopicPartition, OffsetAndMetadata> back = new HashMap<>();
        get(admin.listConsumerGroupOffsets(application).partitionsToOffsetAndMetadata())
                .forEach((partition, at) -> {
                    if (partition.topic().equals(topic)) back.put(partition, new OffsetAndMetadata(0, at.metadata()));
                });
        get(admin.alterConsumerGroupOffsets(application, back).all());
    }

    Path stateDir() {
        return data.resolve("state");
    }

    Set<String> topics() {
        return get(admin.listTopics().names());
    }

    void forgetState() {
        if (Files.exists(stateDir())) Trees.delete(stateDir());
    }

    static <T> T get(KafkaFuture<T> future) {
        try {
            return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError("the broker refused", e);
        }
    }

    @Override
    public void close() {
        admin.close(Duration.ofSeconds(2));
        broker.close();
    }
}
