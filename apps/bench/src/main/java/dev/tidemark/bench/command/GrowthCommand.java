package dev.tidemark.bench.command;

import dev.tidemark.bench.drive.Backlog;
import dev.tidemark.bench.drive.Drain;
import dev.tidemark.bench.measure.Spread;
import dev.tidemark.bench.pipeline.Bare;
import dev.tidemark.bench.pipeline.BarePipeline;
import dev.tidemark.bench.pipeline.Broker;
import dev.tidemark.bench.pipeline.Pipeline;
import dev.tidemark.bench.pipeline.TidemarkPipeline;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.report.Measure;
import dev.tidemark.bench.report.Result;
import dev.tidemark.bench.workload.Shape;
import dev.tidemark.cli.Surroundings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "growth",
        description = {
            "What a mutation costs as the number of entities grows, beside bare topologies that grow as much; and what targets"
                    + " add to it.",
            ""
        })
final class GrowthCommand implements Callable<Integer> {
    private static final int SLICES = 5;
    private static final double WARM_SHARE = 0.25;
    private static final List<Integer> SMALL = List.of(1_000, 10_000);
    private static final List<Integer> FULL = List.of(10_000, 100_000, 1_000_000, 5_000_000);
    private static final List<Integer> TARGETS_SMALL = List.of(10, 100);
    private static final List<Integer> TARGETS_FULL = List.of(10, 1_000, 10_000);

    @Mixin
    private final RunFlags flags;

    @Option(
            names = "--entities",
            split = ",",
            paramLabel = "N,…",
            description = "default 1,000 and 10,000; full 10,000, 100,000, 1,000,000 and 5,000,000")
    private @Nullable List<Integer> entities;

    @Option(
            names = "--targets",
            split = ",",
            paramLabel = "N,…",
            description = "default 10 and 100; full 10, 1,000 and 10,000")
    private @Nullable List<Integer> targets;

    @Option(names = "--updates", paramLabel = "N", description = "at each size (default 5,000; full 400,000)")
    private @Nullable Integer updates;

    @Option(names = "--projects", paramLabel = "N", description = "that the entities are in (default ${DEFAULT-VALUE})")
    private int projects = 4;

    /** Of each pipeline at its first size. */
    private final Map<String, Double> firstMicros = new HashMap<>();

    GrowthCommand(Surroundings surroundings) {
        this.flags = new RunFlags(surroundings);
    }

    @Override
    public Integer call() {
        Result result = new Result("growth");
        int chunks = Math.max(1, flags.size(updates, 5_000, 400_000) / Shape.CHUNK);
        List<Integer> sizes = entities != null ? entities : flags.full ? FULL : SMALL;
        List<Integer> counts = targets != null ? targets : flags.full ? TARGETS_FULL : TARGETS_SMALL;
        for (Side side : Side.values()) {
            flags.say("warming up: " + side.label());
            drained(side, shape(projects, sizes.get(0)), chunks);
        }
        for (int size : sizes) atSize(result, shape(projects, size), chunks);
        for (int count : counts) new TargetGrowth(flags, count).run(result, shape(1, sizes.get(0)), chunks);
        return flags.print(result.setting("entities", sizes)
                .setting("targets", counts)
                .setting("updates", (long) chunks * Shape.CHUNK)
                .setting("projects", projects));
    }

    private Shape shape(int many, int size) {
        return new Shape(flags.seed, flags.partitions(), many, size, Shape.CHUNK);
    }

    private void atSize(Result result, Shape shape, int chunks) {
        double beside = 0;
        for (Side side : Side.values()) {
            flags.say(shape.entitiesUsed() + " entities: " + side.label());
            Drain drain = drained(side, shape, chunks);
            double micros = 1e6 / drain.rate();
            if (side == Side.ONE_STORE) beside = micros;
            String name = side.label() + ", " + String.format("%,d", shape.entitiesUsed());
            result.add(measure(name, drain)
                    .with("of first", micros / firstMicros.computeIfAbsent(side.label(), each -> micros))
                    .with("of one-store", micros / beside));
        }
    }

    /** On a disk of its own each time, so that nothing of another size is compacted meanwhile. */
    private Drain drained(Side side, Shape shape, int chunks) {
        try (Place place = flags.place()) {
            Broker broker = place.keep(Broker.start(place.fresh("kafka")));
            Backlog backlog = new Backlog(place.keep(side.pipeline(broker, place, shape, flags)), shape);
            backlog.preload();
            return backlog.drain(chunks, WARM_SHARE);
        }
    }

    static Measure measure(String name, Drain drain) {
        Spread slices = Spread.of(drain.rates(SLICES));
        return new Measure(name, "us/edit")
                .with("overall", 1e6 / drain.rate())
                .with("min", 1e6 / slices.max())
                .with("max", 1e6 / slices.min())
                .with("cpu us/edit", drain.cpuMicros())
                .with("disk B/edit", drain.writtenBytes());
    }

    /** What grows, in the order in which it is shown. */
    private enum Side {
        ONE_STORE,
        TIDEMARK;

        String label() {
            return this == ONE_STORE ? Bare.ONE_STORE.label() : "tidemark";
        }

        Pipeline pipeline(Broker broker, Place place, Shape shape, RunFlags flags) {
            return this == ONE_STORE
                    ? new BarePipeline(Bare.ONE_STORE, broker, place.fresh("state"), shape, flags.admitSettings())
                    : new TidemarkPipeline(broker, place.fresh("state"), shape.projectNames(), flags.settings());
        }
    }
}
