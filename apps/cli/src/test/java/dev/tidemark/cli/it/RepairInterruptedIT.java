package dev.tidemark.cli.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tidemark.backbone.Backbone;
import dev.tidemark.backbone.BackboneConfig;
import dev.tidemark.backbone.BackboneRefusal;
import dev.tidemark.backbone.RepairSetups;
import dev.tidemark.topology.Names;
import dev.tidemark.topology.repair.Repair;
import dev.tidemark.topology.repair.RepairAdmit;
import dev.tidemark.topology.repair.RepairLog;
import dev.tidemark.topology.repair.RepairMaterialize;
import dev.tidemark.topology.repair.RepairSetup;
import dev.tidemark.topology.repair.RepairSite;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** A repair that ends in the middle is refused as the loss was, and done again it loses nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepairInterruptedIT {
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
    void admitAndMaterializeCanBeRepairedAgain() throws BackboneRefusal {
        try (Stack stack = Stack.onCopy(worked, home.resolve("state"))) {
            stack.delete(Names.changelog(Names.ADMIT_APP, Names.REPLICAS));
            interrupt(stack, RepairAdmit::new, 1);
            assertThat(stack.refusal()).startsWith("state_mismatch").contains("tidemark repair admit");
            assertThat(Cli.run(
                                    "repair",
                                    "materialize",
                                    "--bootstrap",
                                    stack.bootstrap(),
                                    "--dry-run",
                                    "--set",
                                    "replication.factor=1")
                            .err())
                    .contains("source_missing")
                    .contains("tidemark repair admit");
            Repairs.run(stack, "admit");
            interrupt(stack, RepairMaterialize::new, 1);
            assertThat(stack.refusal()).startsWith("state_mismatch").contains("tidemark repair materialize");
            Repairs.run(stack, "materialize");
            try (Backbone backbone = stack.ready()) {
                remembered
                        .isInTheSamePlace(backbone)
                        .targetsBeganAgain(backbone)
                        .mapsTheSame(backbone, Remembered.Seqs.KEPT)
                        .takesNothingTwice(backbone);
            }
        }
    }

    @Test
    void theLogCanBeWrittenAgainWhileProjectsAreOnTheMove() throws BackboneRefusal {
        try (Stack stack = Stack.onCopy(worked, home.resolve("log"))) {
            for (String topic : stack.topics()) if (topic.startsWith("tidemark.")) stack.addPartitions(topic, 3);
            interrupt(stack, RepairLog::new, 1);
            assertThat(stack.refusal())
                    .containsAnyOf("state_mismatch: ", "position_lost: ")
                    .contains("tidemark repair log");
            interrupt(stack, RepairLog::new, 2);
            assertThat(stack.refusal())
                    .containsAnyOf("state_mismatch: ", "position_lost: ")
                    .contains("tidemark repair log");
            Repairs.run(stack, "log");
            try (Backbone backbone = stack.ready()) {
                remembered
                        .targetsBeganAgain(backbone)
                        .showsTheSameEntities(backbone)
                        .mapsTheSame(backbone, Remembered.Seqs.GONE)
                        .oldCursorsAreExpired(backbone)
                        .takesNothingTwice(backbone)
                        .goesOn(backbone);
            }
        }
    }

    /** Fails where it would say its line of that number. */
    private static void interrupt(Stack stack, Function<RepairSite, Repair> kind, int line) throws BackboneRefusal {
        RepairSetup setup = RepairSetups.of(
                BackboneConfig.of(Map.of(
                        "bootstrap.servers", stack.bootstrap(),
                        "replication.factor", "1",
                        "state.dir", stack.stateDir().toString())),
                RepairSetup.Members.REMOVE);
        stack.forgetState();
        try (RepairSite site = RepairSite.open(setup)) {
            Repair repair = kind.apply(site);
            int[] lines = {0};
            assertThatThrownBy(() -> {
                        repair.plan();
                        repair.carryOut(said -> {
                            if (++lines[0] == line) throw new IllegalStateException("interrupted");
                        });
                    })
                    .hasMessage("interrupted");
        }
    }
}
