package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.Names;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What Admit kept is lost, is refused, and is rebuilt from the log and the mapping. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepairAdmitIT {
    @TempDir
    static Path home;

    private final Random random = new Random(Seeds.next(RepairAdmitIT.class));
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
    void aChangelogThatIsGoneIsRebuiltWithAllOthers() {
        List<String> stores = Names.ADMIT_STORES;
        String changelog = Names.changelog(Names.ADMIT_APP, stores.get(random.nextInt(stores.size())));
        try (Stack stack = Stack.onCopy(worked, home.resolve("changelog"))) {
            stack.delete(changelog);
            assertThat(stack.refusal())
                    .startsWith("state_mismatch")
                    .contains(changelog)
                    .contains("tidemark repair admit");
            Cli.Result repaired = Repairs.run(stack, "admit");
            assertThat(repaired.out()).contains(changelog + " is gone");
            isAsBefore(stack);
        }
    }

    /** As if the application had another id: neither its state nor its positions are there. */
    @Test
    void everythingThatIsGoneIsRebuiltAndNothingOfAGenerationBeforeComesBack() {
        try (Stack stack = Stack.onCopy(worked, home.resolve("all"))) {
            for (String store : Names.ADMIT_STORES) stack.delete(Names.changelog(Names.ADMIT_APP, store));
            stack.forgetPositions(Names.ADMIT_APP);
            stack.forgetState();
            assertThat(stack.refusal()).startsWith("position_lost").contains("tidemark repair admit");
            assertThat(Repairs.run(stack, "admit").out()).contains("positions of tidemark-admit are gone");
            isAsBefore(stack);
        }
    }

    @Test
    void aPositionThatRetentionOvertookIsRefusedAndWhatWasNeverDecidedIsCounted() {
        try (Stack stack = Stack.onCopy(worked, home.resolve("retention"))) {
            stack.rewind(Names.ADMIT_APP, TopicCatalogue.MUTATIONS);
            stack.forgetRecords(TopicCatalogue.MUTATIONS);
            assertThat(stack.refusal())
                    .startsWith("position_lost")
                    .contains(TopicCatalogue.MUTATIONS)
                    .contains("tidemark repair admit");
            assertThat(Repairs.run(stack, "admit").out()).contains("were deleted before Admit decided them");
            isAsBefore(stack);
        }
    }

    private void isAsBefore(Stack stack) {
        try (Backbone backbone = stack.ready()) {
            remembered
                    .isInTheSamePlace(backbone)
                    .showsTheSameEntities(backbone)
                    .mapsTheSame(backbone, Remembered.Seqs.KEPT)
                    .takesNothingTwice(backbone)
                    .goesOn(backbone);
        }
    }
}
