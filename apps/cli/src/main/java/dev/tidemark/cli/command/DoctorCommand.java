package dev.tidemark.cli.command;

import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.cluster.ClusterCheckup;
import dev.tidemark.cli.cluster.Finding;
import dev.tidemark.cli.cluster.Finding.Verdict;
import dev.tidemark.cli.cluster.KafkaTarget;
import dev.tidemark.cli.cluster.LocalCheckup;
import dev.tidemark.cli.config.EffectiveConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.kafka.clients.admin.Admin;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "doctor",
        description = {
            "Check this machine, the settings and a Kafka; say what is wrong and how to mend it.",
            "",
            "Exit status 1 if something is wrong.",
            ""
        })
final class DoctorCommand implements Callable<Integer> {
    private final Surroundings surroundings;

    @Mixin
    private final KafkaFlags kafka;

    @Mixin
    private final ResultFlags result;

    DoctorCommand(Surroundings surroundings) {
        this.surroundings = surroundings;
        this.kafka = new KafkaFlags(surroundings);
        this.result = new ResultFlags(surroundings);
    }

    @Override
    public Integer call() {
        EffectiveConfig settings = kafka.settings();
        List<Finding> findings = new ArrayList<>(new LocalCheckup(settings, surroundings.environment()).run());
        KafkaTarget target = kafka.target();
        try (Admin admin = target.admin()) {
            findings.addAll(new ClusterCheckup(admin, target.limits()).run());
        } catch (CommandFailure failure) {
            findings.add(new Finding(
                    Verdict.WRONG, "kafka", String.valueOf(failure.getMessage()), "`tidemark up` brings its own"));
        }
        return new FindingTable(findings).print(result);
    }
}
