package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is held against the settings, or prepared on the cluster, before anything starts. */
class ProvisionIT {
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
                    .contains(TopicCatalogue.LOG + ": replication.factor is 1, must be 3\n  kafka-reassign-partitions.sh")
                    .contains(TopicCatalogue.LOG + ": min.insync.replicas is 1, must be 2")
                    .contains(changelog + ": replication.factor is 1, must be 3")
                    .contains(changelog + ": min.insync.replicas is 1, must be 2");
            assertThat(stack.refusal("replication.factor=3"))
                    .startsWith("topic_settings")
                    .contains(TopicCatalogue.LOG + ": replication.factor is 1, must be 3");
            assertThat(diff(stack, 1).expectDone().out()).contains("with the right settings");
        }
    }

    private static Cli.Result diff(Stack stack, int replication) {
        return Cli.run(
                "topics", "diff", "--bootstrap", stack.bootstrap(), "--replication", "" + replication, "--partitions", "1");
    }
}
