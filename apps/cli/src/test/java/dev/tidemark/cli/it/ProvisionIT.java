package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held against the settings, or prepared on the cluster, before anything starts. */
class ProvisionIT {
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    @TempDir
    Path home;

    @Test
    void fewerReplicasThanAreConfiguredAreRefusedAndSaidByTheDiff() {
        try (Stack stack = Stack.on(home)) {
            try (Backbone backbone = stack.ready()) {
                assertThat(backbone.isReady()).isTrue();
            }
            String changelog = Names.changelog(Names.ADMIT_APP, Names.ORIGINS);
            Cli.Result diff = diff(stack, 3);
            assertThat(diff.status()).isEqualTo(1);
            assertThat(diff.out())
                    .contains(
                            TopicCatalogue.LOG + ": replication.factor is 1, must be 3\n  kafka-reassign-partitions.sh")
                    .contains(TopicCatalogue.LOG + ": min.insync.replicas is 1, must be 2")
                    .contains(changelog + ": replication.factor is 1, must be 3")
                    .contains(changelog + ": min.insync.replicas is 1, must be 2");
            assertThat(stack.refusal("replication.factor=3"))
                    .startsWith("topic_settings")
                    .contains(TopicCatalogue.LOG + ": replication.factor is 1, must be 3");
            assertThat(diff(stack, 1).expectDone().out()).contains("with the right settings");
        }
    }

    @Test
    void aMemberOfTheGroupBeforeTheFirstStartIsNoUnreachableKafka() {
        try (Stack stack = Stack.on(home)) {
            Cli.run("topics", "create", "--bootstrap", stack.bootstrap(), "--replication", "1", "--partitions", "1")
                    .expectDone();
            try (KafkaConsumer<byte[], byte[]> member = member(stack)) {
                assertThat(member.assignment()).isNotEmpty();
                assertThat(stack.refusal())
                        .startsWith("group_in_use: ")
                        .contains(Names.ADMIT_APP)
                        .contains("another instance")
                        .contains("start again");
            }
        }
    }

    private static Cli.Result diff(Stack stack, int replication) {
        return Cli.run(
                "topics",
                "diff",
                "--bootstrap",
                stack.bootstrap(),
                "--replication",
                "" + replication,
                "--partitions",
                "1");
    }

    /** Static, as those of Kafka Streams here. */
    private static KafkaConsumer<byte[], byte[]> member(Stack stack) {
        KafkaConsumer<byte[], byte[]> member = new KafkaConsumer<>(Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                stack.bootstrap(),
                ConsumerConfig.GROUP_ID_CONFIG,
                Names.ADMIT_APP,
                ConsumerConfig.GROUP_INSTANCE_ID_CONFIG,
                "another",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class,
                ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG,
                ByteArrayDeserializer.class));
        member.subscribe(List.of(TopicCatalogue.MUTATIONS));
        await("it is a member").atMost(PATIENCE).until(() -> {
            member.poll(Duration.ofMillis(200));
            return !member.assignment().isEmpty();
        });
        return member;
    }
}
