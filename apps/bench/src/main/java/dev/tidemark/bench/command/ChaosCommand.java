package dev.tidemark.bench.command;

import dev.tidemark.bench.chaos.Chaos;
import dev.tidemark.bench.chaos.cluster.Apart;
import dev.tidemark.bench.chaos.cluster.Faults;
import dev.tidemark.bench.chaos.cluster.OneUp;
import dev.tidemark.bench.chaos.cluster.Servers;
import dev.tidemark.bench.chaos.cluster.Strike;
import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.load.Gateways;
import dev.tidemark.bench.chaos.load.Load;
import dev.tidemark.bench.chaos.rule.Checker;
import dev.tidemark.bench.chaos.rule.Violation;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.report.Result;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import dev.tidemark.cli.UsageFailure;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "chaos",
        description = {
            "Kills and pauses servers at random points of a load, and then checks the laws L1-L10 against what was pushed and what"
                    + " readers saw.",
            "",
            "One `tidemark up` unless --instances or --brokers say more. The same seed pushes the same and does the same to the same"
                    + " servers in the same order; when exactly is up to the machine. Exit status 1, and the data is kept, if a law did"
                    + " not hold.",
            ""
        })
final class ChaosCommand implements Callable<Integer> {
    private static final int SHOWN_MAX = 20;

    @Mixin
    private final RunFlags flags;

    @Option(names = "--kills", paramLabel = "N", description = "faults, pauses included (default 5; full 50)")
    private @Nullable Integer kills;

    @Option(names = "--seconds", paramLabel = "N", description = "instead: faults for so long")
    private @Nullable Integer seconds;

    @Option(names = "--instances", paramLabel = "1|2|3", description = "of the backbone (default ${DEFAULT-VALUE})")
    private int instances = 1;

    @Option(names = "--brokers", paramLabel = "1|3", description = "of Kafka (default ${DEFAULT-VALUE})")
    private int brokers = 1;

    @Option(
            names = "--strikes",
            paramLabel = "NAME,...",
            split = ",",
            description = "only these of: up, up-twice, backbone, broker, controller, both, pause, broker-pause"
                    + " (default: all that these servers know)")
    private List<String> strikes = List.of();

    @Option(names = "--projects", paramLabel = "N", description = "default ${DEFAULT-VALUE}")
    private int projects = 3;

    @Option(names = "--replicas", paramLabel = "N", description = "of each project (default ${DEFAULT-VALUE})")
    private int replicas = 2;

    @Option(
            names = "--pause-ms",
            paramLabel = "N",
            description = "of a replica between two pushes (default ${DEFAULT-VALUE})")
    private int pauseMs = 100;

    ChaosCommand(Surroundings surroundings) {
        this.flags = new RunFlags(surroundings);
    }

    @Override
    public Integer call() {
        checkUsage();
        ChaosReport report = new ChaosReport();
        try (Place place = flags.place()) {
            Servers servers = servers(place);
            Faults faults = new Faults(flags.seed, chosen(servers.strikes()));
            servers.start();
            Load load = new Load(
                    new Load.Shape(flags.seed, projects, replicas, Duration.ofMillis(pauseMs)),
                    new Gateways(servers.urls()),
                    servers.bootstrap());
            Chaos chaos = new Chaos(servers, load, flags::say);
            List<Evidence> evidence = run(chaos, faults, place);
            List<Violation> violations = new ArrayList<>();
            for (Evidence each : evidence) violations.addAll(Checker.violations(each));
            report.recoveries(chaos.recoveries());
            report.counts(evidence, load.resends(), violations.size());
            flags.print(settings(report.result()));
            if (!violations.isEmpty()) throw failed(violations, place);
        }
        return 0;
    }

    private Servers servers(Place place) {
        if (instances == 1 && brokers == 1) return new OneUp(place, flags.settings());
        return new Apart(place, instances, brokers, flags.settings());
    }

    private List<Evidence> run(Chaos chaos, Faults faults, Place place) {
        int most = flags.size(kills, 5, 50);
        Integer wholeSeconds = seconds;
        Chaos.End end = wholeSeconds == null
                ? (count, passed) -> count >= most
                : (count, passed) -> passed.toSeconds() >= wholeSeconds;
        try {
            return chaos.run(faults::next, end);
        } catch (CommandFailure e) {
            throw new CommandFailure(e.getMessage() + "; data kept in " + place.stay() + "; again: " + again(), e);
        }
    }

    private List<Strike> chosen(List<Strike> known) {
        if (strikes.isEmpty()) return known;
        List<String> codes = known.stream().map(Strike::code).toList();
        for (String each : strikes)
            if (!codes.contains(each))
                throw new UsageFailure("--strikes: these servers know " + String.join(", ", codes) + ", not " + each);
        return known.stream().filter(each -> strikes.contains(each.code())).toList();
    }

    private CommandFailure failed(List<Violation> violations, Place place) {
        violations.stream().limit(SHOWN_MAX).forEach(each -> flags.say("violation: " + each));
        return new CommandFailure(violations.size() + " violations; data kept in " + place.stay());
    }

    private void checkUsage() {
        if (instances < 1 || instances > 3) throw new UsageFailure("--instances is 1, 2 or 3");
        if (brokers != 1 && brokers != 3) throw new UsageFailure("--brokers is 1 or 3");
        if (projects < 1 || replicas < 1) throw new UsageFailure("--projects and --replicas are 1 or more");
        if (kills != null && seconds != null) throw new UsageFailure("give --kills or --seconds, not both");
    }

    private Result settings(Result result) {
        return result.setting("instances", instances)
                .setting("brokers", brokers)
                .setting("projects", projects)
                .setting("replicas", replicas)
                .setting("pause_ms", pauseMs)
                .setting("again", again());
    }

    private String again() {
        StringBuilder again = new StringBuilder("./tidemark bench chaos --seed " + flags.seed);
        again.append(seconds == null ? " --kills " + flags.size(kills, 5, 50) : " --seconds " + seconds);
        again.append(" --instances " + instances + " --brokers " + brokers + " --projects " + projects);
        again.append(" --replicas " + replicas + " --pause-ms " + pauseMs);
        if (!strikes.isEmpty()) again.append(" --strikes " + String.join(",", strikes));
        flags.settings()
                .forEach((name, value) ->
                        again.append(" --set ").append(name).append('=').append(value));
        return again.toString();
    }
}
