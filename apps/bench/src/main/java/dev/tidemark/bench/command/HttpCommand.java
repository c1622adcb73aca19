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
        name = "http",
        description = {
            "How many pushes of one mutation a second one project takes over HTTP, beside as many records in flight through"
                    + " bare topologies.",
            "",
            "Each replica has one connection, and pushes again as soon as its last outcome is answered.",
            ""
        })
final class HttpCommand implements Callable<Integer> {
    private static final int SLICES = 10;

    @Mixin
    private final RunFlags flags;

    @Mixin
    private final BesideFlag beside = new BesideFlag();

    @Option(names = "--in-flight", paramLabel = "N", description = "replicas that push (default ${DEFAULT-VALUE})")
    private int inFlight = 512;

    @Option(names = "--seconds", paramLabel = "N", description = "measured (default 10; full 60)")
    private @Nullable Integer seconds;

    @Option(names = "--warm-seconds", paramLabel = "N", description = "before the clock starts (default 10; full 30)")
    private @Nullable Integer warmSeconds;

    @Option(names = "--entities", paramLabel = "N", description = "of the project (default 1,000; full 100,000)")
    private @Nullable Integer entities;

    HttpCommand(Surroundings surroundings) {
        this.flags = new RunFlags(surroundings);
    }

    @Override
    public Integer call() {
        Result result = new Result("http");
        int measured = flags.size(seconds, 10, 60);
        int warm = flags.size(warmSeconds, 10, 30);
        int many = flags.size(entities, 1_000, 100_000);
        List<PushBench.Run> runs;
        try (Place place = flags.place()) {
            Pace pace = new Pace(Pace.AS_ANSWERED, Duration.ofSeconds(warm), Duration.ofSeconds(measured));
            PushBench bench = new PushBench(flags, place, pace, inFlight, SLICES);
            runs = new ArrayList<>(bench.bare(beside.bares()));
            runs.add(bench.tidemark(many));
        }
        Latencies oneStore = PushBench.of(Bare.ONE_STORE, runs);
        for (PushBench.Run run : runs) result.add(measure(run, oneStore));
        return flags.print(result.setting("in_flight", inFlight)
                .setting("seconds", measured)
                .setting("warm_seconds", warm)
                .setting("entities", many));
    }

    private static Measure measure(PushBench.Run run, @Nullable Latencies oneStore) {
        Latencies latencies = run.latencies();
        Spread rates = latencies.rates();
        return new Measure(run.name(), "pushes/s")
                .with("median", rates.median())
                .with("min", rates.min())
                .with("max", rates.max())
                .with(
                        "of one-store",
                        oneStore == null
                                ? Double.NaN
                                : rates.median() / oneStore.rates().median())
                .with("p50 ms", latencies.percentileMs(50))
                .with("p99 ms", latencies.percentileMs(99))
                .with("p99.9 ms", latencies.percentileMs(99.9))
                .with("cpu us/push", run.used().cpuMicros())
                .with("disk B/push", run.used().writtenBytes());
    }
}
