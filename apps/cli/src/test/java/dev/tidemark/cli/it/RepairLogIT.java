package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topic.TopicLimits;
import dev.tidemark.topic.TopicSpec;
import java.nio.file.Path;
import org.apache.kafka.clients.admin.NewTopic;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The log is lost, or projects would change their partition; it is written anew in a new epoch, which every reader notices. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepairLogIT {
    @TempDir
    static Path home;

    private Path worked;
    private Remembered remembered;

    @BeforeAll
    void works() {
        worked = home.resolve("worked");
        try (Stack stack = Stack.on(worked);
                Backbone backbone = stack.ready()) {
            remembered = Remembered.in(backbone);
        }
    }

    @Test
    void aLogThatWasMadeAnewIsWrittenFromWhatAdmitKept() {
        try (Stack stack = Stack.onCopy(worked, home.resolve("recreated"))) {
            TopicSpec spec = TopicCatalogue.all(TopicLimits.DEFAULTS).stream()
                    .filter(each -> each.name().equals(TopicCatalogue.LOG))
                    .findFirst()
                    .orElseThrow();
            stack.delete(TopicCatalogue.LOG);
            stack.create(new NewTopic(TopicCatalogue.LOG, 1, (short) 1).configs(spec.config()));
            assertThat(stack.refusal())
                    .containsAnyOf("position_lost", "state_mismatch")
                    .contains(TopicCatalogue.LOG);
            Repairs.run(stack, "log");
            isTheSameInANewEpoch(stack);
        }
    }

    @Test
    void morePartitionsMoveEveryProjectToWhereItBelongs() {
        try (Stack stack = Stack.onCopy(worked, home.resolve("partitions"))) {
            for (String topic : stack.topics()) if (topic.startsWith("tidemark.")) stack.addPartitions(topic, 3);
            assertThat(stack.refusal())
                    .startsWith("state_mismatch")
                    .contains("partitions")
                    .contains("tidemark repair log");
            Repairs.run(stack, "log");
            isTheSameInANewEpoch(stack);
        }
    }

    private void isTheSameInANewEpoch(Stack stack) {
        try (Backbone backbone = stack.ready()) {
            remembered
                    .targetsBeganAgain(backbone)
                    .showsTheSameEntities(backbone)
                    .mapsTheSame(backbone, Remembered.Seqs.GONE)
                    .oldCursorsAreExpired(backbone)
                    .takesNothingTwice(backbone)
                    .goesOn(backbone);
        }
        try (Backbone again = stack.ready()) {
            assertThat(again.isReady()).isTrue();
        }
    }
}
