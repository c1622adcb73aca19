package dev.tidemark.bench.command;

import dev.tidemark.bench.drive.Filling;
import dev.tidemark.bench.drive.LogRead;
import dev.tidemark.bench.http.PullStream;
import dev.tidemark.bench.measure.Progress;
import dev.tidemark.bench.measure.Spread;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.place.Server;
import dev.tidemark.bench.report.Measure;
import dev.tidemark.bench.report.Result;
import dev.tidemark.bench.workload.Shape;
import dev.tidemark.cli.CommandFailure;
import dev.tidemark.cli.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "pull",
        description = {
            "How many changes a second one connection pulls from the beginning to the head as NDJSON, beside a Kafka consumer"
                    + " of the same log.",
            ""
        })
final class PullCommand implements Callable<Integer> {
    private static final int SLICES = 5;

    @Mixin
    private final RunFlags flags;

    @Option(names = "--entities", paramLabel = "N", description = "changes to pull (default 20,000; full 1,000,000)")
    private @Nullable Integer entities;

    @Option(names = "--limit", paramLabel = "N", description = "changes of a page (default ${DEFAULT-VALUE})")
    private int limit = 10_000;

    @Option(names = "--rounds", paramLabel = "N", description = "after one that warms up (default ${DEFAULT-VALUE})")
    private int rounds = 5;

    PullCommand(Surroundings surroundings) {
        this.flags = new RunFlags(surroundings);
    }

    @Override
    public Integer call() {
        Result result = new Result("pull");
        int size = flags.size(entities, 20_000, 1_000_000);
        Shape shape = new Shape(flags.seed, flags.partitions(), 1, size, Shape.CHUNK);
        long changes = shape.entitiesUsed();
        List<Progress> reads = new ArrayList<>();
        List<Progress> pulls = new ArrayList<>();
        long bytes = 0;
        try (Place place = flags.place();
                Server up = new Sides(flags, place).up()) {
            up.start();
            try (Filling filling = Sides.filling(up, shape)) {
                flags.say("creating " + changes + " entities");
                filling.createAll();
                String project = shape.projectNames().get(0);
                for (int round = 0; round <= rounds; round++) {
                    Progress read = LogRead.all(up.bootstrap(), project);
                    PullStream pull = PullStream.all(up.url(), project, limit);
                    flags.say(String.format(
                            "round %d: consumer %,.0f/s, pull %,.0f/s",
                            round,
                            checked(read, changes).rate(0, changes),
                            checked(pull.progress(), changes).rate(0, changes)));
                    if (round == 0) continue;
                    reads.add(read);
                    pulls.add(pull.progress());
                    bytes = pull.bytes();
                }
            }
        }
        double beside = overall(reads, changes).median();
        return flags.print(result.add(measure("kafka consumer", reads, changes, beside))
                .add(measure("pull", pulls, changes, beside).with("B/change", (double) bytes / changes))
                .setting("entities", changes)
                .setting("limit", limit)
                .setting("rounds", rounds));
    }

    private static Progress checked(Progress progress, long changes) {
        if (progress.done() != changes)
            throw new CommandFailure("read " + progress.done() + " changes, there are " + changes);
        return progress;
    }

    private static Measure measure(String name, List<Progress> rounds, long changes, double beside) {
        List<Double> slices = new ArrayList<>();
        for (Progress each : rounds) slices.addAll(each.rates(0, changes, SLICES));
        Spread spread = Spread.of(slices);
        Spread overall = overall(rounds, changes);
        return new Measure(name, "changes/s")
                .with("overall", overall.median())
                .with("median", spread.median())
                .with("min", spread.min())
                .with("max", spread.max())
                .with("of consumer", overall.median() / beside);
    }

    private static Spread overall(List<Progress> rounds, long changes) {
        return Spread.of(rounds.stream().map(each -> each.rate(0, changes)).toList());
    }
}
