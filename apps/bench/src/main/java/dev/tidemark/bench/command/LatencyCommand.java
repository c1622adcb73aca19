package dev.tidemark.bench.command;

import dev.tidemark.bench.drive.Pace;
import dev.tidemark.bench.measure.Latencies;
import dev.tidemark.bench.measure.Spread;
import dev.tidemark.bench.pipeline.Bare;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.report.Measure;
import dev.tidemark.bench.report.Result;
import dev.tidemark.cli.Surroundings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "latency",
        description = {
            "How long a push takes to its committed outcome at a steady rate, beside records through bare topologies.",
            "",
            "Each push has an intended time, and its latency counts from there, so that a stall is charged with every push"
                    + " that it delays.",
            ""
        })
final class LatencyCommand implements Callable<Integer> {
    private static final int SLICES = 10;

    @Mixin
    private final RunFlags flags;

    @Mixin
    private final BesideFlag beside = new BesideFlag();

    @Option(names = "--rate", paramLabel = "N", description = "mutations a second (default ${DEFAULT-VALUE})")
    private double rate = 1_000;

    @Option(names = "--seconds", paramLabel = "N", description = "measured (default 10; full 60)")
    private @Nullable Integer seconds;

    @Option(names = "--warm-seconds", paramLabel = "N", description = "before the clock starts (default 5; full 30)")
    private @Nullable Integer warmSeconds;

    @Option(names = "--entities", paramLabel = "N", description = "of the project (default 1,000; full 100,000)")
    private @Nullable Integer entities;

    @Option(names = "--replicas", paramLabel = "N", description = "that push in turn (default ${DEFAULT-VALUE})")
    private int replicas = 256;

    LatencyCommand(Surroundings surroundings) {
        this.flags = new RunFlags(surroundings);
    }

    @Override
    public Integer call() {
        Result result = new Result("latency");
        int measured = flags.size(seconds, 10, 60);
        int warm = flags.size(warmSeconds, 5, 30);
        int many = flags.size(entities, 1_000, 100_000);
        List<PushBench.Run> runs;
        try (Place place = flags.place()) {
            Pace pace = new Pace(rate, Duration.ofSeconds(warm), Duration.ofSeconds(measured));
            PushBench bench = new PushBench(flags, place, pace, replicas, SLICES);
            runs = new ArrayList<>(bench.bare(beside.bares()));
            runs.add(bench.tidemark(many));
        }
        Latencies oneStore = PushBench.of(Bare.ONE_STORE, runs);
        for (PushBench.Run run : runs) result.add(measure(run, oneStore));
        return flags.print(result.setting("rate", rate)
                .setting("seconds", measured)
                .setting("warm_seconds", warm)
                .setting("entities", many)
                .setting("replicas", replicas));
    }

    private static Measure measure(PushBench.Run run, @Nullable Latencies oneStore) {
        Latencies latencies = run.latencies();
        Spread p50 = latencies.spreadMs(50);
        Spread p99 = latencies.spreadMs(99);
        return new Measure(run.name(), "ms")
                .with("per s", latencies.rates().median())
                .with("p50", latencies.percentileMs(50))
                .with("p99", latencies.percentileMs(99))
                .with("p99.9", latencies.percentileMs(99.9))
                .with("max", latencies.maxMs())
                .with("p50 min", p50.min())
                .with("p50 max", p50.max())
                .with("p99 min", p99.min())
                .with("p99 max", p99.max())
                .with("p50 of one-store", ratio(latencies, oneStore, 50))
                .with("p99 of one-store", ratio(latencies, oneStore, 99))
                .with("cpu us", run.used().cpuMicros());
    }

    private static double ratio(Latencies of, @Nullable Latencies to, double percent) {
        return to == null ? Double.NaN : of.percentileMs(percent) / to.percentileMs(percent);
    }
}
