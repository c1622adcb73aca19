package dev.tidemark.cli.command;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.topology.repair.Repair;
import dev.tidemark.topology.repair.RepairAdmit;
import dev.tidemark.topology.repair.RepairLog;
import dev.tidemark.topology.repair.RepairMaterialize;
import dev.tidemark.topology.repair.RepairRefused;
import dev.tidemark.topology.repair.RepairSite;
import java.util.function.Function;
import org.apache.kafka.common.KafkaException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "repair",
        description = {
            "Rebuild state that does not belong to the log any more, while nothing runs.",
            "",
            "Says what is wrong and what it will do before it does it; one that is interrupted can be run again. The refusal"
                    + " of `tidemark up` or `serve` names the repair that helps; deploy/README.md says more.",
            ""
        })
final class RepairCommand {
    private final Surroundings surroundings;

    RepairCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    @Command(
            name = "admit",
            description = {"Rebuild Admit's state: images from the log, dedup rows from the mapping.", ""})
    int admit(@Mixin RepairFlags flags, @Mixin ResultFlags result) {
        return run(flags, result, RepairAdmit::new);
    }

    @Command(
            name = "materialize",
            description = {"Rebuild what is served from the log; targets begin a new generation at earliest.", ""})
    int materialize(@Mixin RepairFlags flags, @Mixin ResultFlags result) {
        return run(flags, result, RepairMaterialize::new);
    }

    @Command(
            name = "log",
            description = {
                "Write the log anew from Admit's entities, in a new epoch: every reader reads everything again.",
                ""
            })
    int log(@Mixin RepairFlags flags, @Mixin ResultFlags result) {
        return run(flags, result, RepairLog::new);
    }

    private int run(RepairFlags flags, ResultFlags result, Function<RepairSite, Repair> kind) {
        try (RepairPlace place = flags.open();
                RepairSite site = RepairSite.open(place.setup())) {
            Repair repair = kind.apply(site);
            Repair.Plan plan = repair.plan();
            RepairText text = new RepairText(surroundings, result);
            text.plan(plan);
            if (flags.isDryRun()) return 0;
            flags.requireConsent();
            place.forgetLocalState(repair.rebuilt());
            text.report(repair.carryOut(text::progress));
            return 0;
        } catch (RepairRefused refused) {
            throw new CommandFailure(refused.code() + ": " + refused.getMessage(), refused);
        } catch (KafkaException e) {
            throw new CommandFailure("kafka_unreachable: " + e.getMessage() + "; nothing is lost, run it again", e);
        }
    }
}
