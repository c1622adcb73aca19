package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

/** What Materialize kept is lost, is refused, and is rebuilt from the log; no cursor says more than it knows. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepairMaterializeIT {
    @TempDir
    static Path home;

    private final Random random = new Random(Seeds.next(RepairMaterializeIT.class));
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
    void aChangelogThatIsGoneIsRebuiltAndTargetsBeginAgain() {
        List<String> stores = Names.MATERIALIZE_STORES.stream()
                .filter(store -> !store.equals(Names.CURSORS_BY_TARGET))
                .toList();
        String changelog = Names.changelog(Names.MATERIALIZE_APP, stores.get(random.nextInt(stores.size())));
        try (Stack stack = Stack.onCopy(worked, home.resolve("changelog"))) {
            stack.delete(changelog);
            assertThat(stack.refusal())
                    .startsWith("state_mismatch")
                    .contains(changelog)
                    .contains("tidemark repair materialize");
            assertThat(Repairs.run(stack, "materialize").out()).contains(changelog + " is gone");
            try (Backbone backbone = stack.ready()) {
                remembered.targetsBeganAgain(backbone);
                isAsBefore(backbone);
            }
        }
    }

    /** As if the application had another id; and the outcomes of before are past their retention. */
    @Test
    void everythingThatIsGoneIsRebuiltAndOutcomesAreKnownWithoutTheirTopic() {
        try (Stack stack = Stack.onCopy(worked, home.resolve("all"))) {
            for (String store : Names.MATERIALIZE_STORES) stack.delete(Names.changelog(Names.MATERIALIZE_APP, store));
            stack.forgetPositions(Names.MATERIALIZE_APP);
            stack.forgetState();
            stack.forgetRecords(TopicCatalogue.OUTCOMES);
            assertThat(stack.refusal()).startsWith("position_lost").contains("tidemark repair materialize");
            assertThat(Repairs.run(stack, "materialize").out())
                    .contains("positions of tidemark-materialize are gone")
                    .contains("the targets are gone with their changelog");
            try (Backbone backbone = stack.ready()) {
                isAsBefore(backbone);
            }
        }
    }

    @Test
    void aPositionThatRetentionOvertookIsRefusedAndRepaired() {
        try (Stack stack = Stack.onCopy(worked, home.resolve("retention"))) {
            stack.rewind(Names.MATERIALIZE_APP, TopicCatalogue.OUTCOMES);
            stack.forgetRecords(TopicCatalogue.OUTCOMES);
            assertThat(stack.refusal())
                    .startsWith("position_lost")
                    .contains(TopicCatalogue.OUTCOMES)
                    .contains("tidemark repair materialize");
            Repairs.run(stack, "materialize");
            try (Backbone backbone = stack.ready()) {
                remembered
                        .targetsBeganAgain(backbone)
                        .isInTheSamePlace(backbone)
                        .takesNothingTwice(backbone);
            }
        }
    }

    /** L9: nobody looks for tombstones afterwards, so that only the horizon of before can expire a cursor. */
    @Test
    void aHorizonThatWasRaisedStays() {
        try (Stack stack = Stack.on(home.resolve("horizon"))) {
            String old = cursorBelowARaisedHorizon(stack);
            Repairs.run(stack, "materialize", "--set", "horizon.ms=1000");
            try (Backbone backbone = stack.ready("horizon.ms=1000", "expiry.every.ms=3600000")) {
                ProjectApi project = new ProjectApi(Remembered.api(backbone), "p");
                assertThat(project.pull("cursor=" + old).code()).isEqualTo("cursor_expired");
            }
        }
    }

    private static String cursorBelowARaisedHorizon(Stack stack) {
        try (Backbone backbone = stack.ready("horizon.ms=1000", "expiry.every.ms=100")) {
            ProjectApi project = new ProjectApi(Remembered.api(backbone), "p");
            project.pushed(PushBody.by("a").upsert(1, "n1", "{}"));
            String old = project.headCursor();
            project.pushed(PushBody.by("a").delete(2, "n1").upsert(3, "n2", "{}"));
            await("the tombstone is purged")
                    .until(() -> project.pull("cursor=" + old).code().equals("cursor_expired"));
            return old;
        }
    }

    private void isAsBefore(Backbone backbone) {
        remembered
                .isInTheSamePlace(backbone)
                .showsTheSameEntities(backbone)
                .mapsTheSame(backbone, Remembered.Seqs.KEPT)
                .oldCursorsGoOn(backbone)
                .takesNothingTwice(backbone)
                .goesOn(backbone);
    }
}
