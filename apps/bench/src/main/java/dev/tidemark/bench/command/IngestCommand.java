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
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "ingest",
        description = {
            "How many mutations a second go through both topologies, beside bare topologies on the same records.",
            "",
            "Every entity is created first. Then, in each round, each pipeline in turn gets a backlog of updates in random"
                    + " order while it is closed, and works it off.",
            ""
        })
final class IngestCommand implements Callable<Integer> {
    private static final int SLICES = 5;
    private static final double WARM_SHARE = 0.25;

    @Mixin
    private final RunFlags flags;

    @Mixin
    private final BesideFlag beside = new BesideFlag();

    @Option(names = "--entities", paramLabel = "N", description = "distinct entities (default 20,000; full 1,000,000)")
    private @Nullable Integer entities;

    @Option(names = "--updates", paramLabel = "N", description = "updates a round (default 20,000; full 1,000,000)")
    private @Nullable Integer updates;

    @Option(names = "--projects", paramLabel = "N", description = "on different partitions (default ${DEFAULT-VALUE})")
    private int projects = 4;

    @Option(names = "--batch", paramLabel = "N", description = "mutations of a batch (default ${DEFAULT-VALUE})")
    private int batch = Shape.CHUNK;

    @Option(names = "--rounds", paramLabel = "N", description = "default 2; full 3")
    private @Nullable Integer rounds;

    IngestCommand(Surroundings surroundings) {
        this.flags = new RunFlags(surroundings);
    }

    @Override
    public Integer call() {
        Result result = new Result("ingest");
        int size = flags.size(entities, 20_000, 1_000_000);
        Shape shape = new Shape(flags.seed, flags.partitions(), projects, size, batch);
        int chunks = Math.max(1, flags.size(updates, 20_000, 1_000_000) / batch);
        int times = flags.size(rounds, 2, 3);
        Map<String, List<Drain>> drains = new LinkedHashMap<>();
        try (Place place = flags.place()) {
            List<Backlog> backlogs = backlogs(place, shape);
            for (Backlog each : backlogs) {
                flags.say(each.pipeline().name() + ": creating " + shape.entitiesUsed() + " entities");
                each.preload();
            }
            for (int round = 1; round <= times; round++)
                for (Backlog each : backlogs) {
                    Drain drain = each.drain(chunks, WARM_SHARE);
                    flags.say(String.format(
                            "round %d: %s %,.0f/s", round, each.pipeline().name(), drain.rate()));
                    drains.computeIfAbsent(each.pipeline().name(), name -> new ArrayList<>())
                            .add(drain);
                }
        }
        return flags.print(filled(result, drains)
                .setting("entities", shape.entitiesUsed())
                .setting("updates", (long) chunks * batch)
                .setting("rounds", times)
                .setting("projects", projects)
                .setting("batch", batch)
                .setting("image_bytes", Shape.IMAGE_BYTES));
    }

    private List<Backlog> backlogs(Place place, Shape shape) {
        Broker broker = place.keep(Broker.start(place.fresh("kafka")));
        List<Pipeline> pipelines = new ArrayList<>();
        for (Bare bare : beside.bares())
            pipelines.add(new BarePipeline(bare, broker, place.fresh(bare.label()), shape, flags.admitSettings()));
        pipelines.add(new TidemarkPipeline(broker, place.fresh("state"), shape.projectNames(), flags.settings()));
        return pipelines.stream()
                .map(each -> new Backlog(place.keep(each), shape))
                .toList();
    }

    private static Result filled(Result result, Map<String, List<Drain>> drains) {
        List<Drain> oneStore = drains.getOrDefault(Bare.ONE_STORE.label(), List.of());
        drains.forEach((name, of) -> result.add(measure(name, of, oneStore)));
        return result;
    }

    private static Measure measure(String name, List<Drain> of, List<Drain> oneStore) {
        List<Double> slices = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        for (int round = 0; round < of.size(); round++) {
            slices.addAll(of.get(round).rates(SLICES));
            if (!oneStore.isEmpty())
                ratios.add(of.get(round).rate() / oneStore.get(round).rate());
        }
        Spread spread = Spread.of(slices);
        Spread ratio = ratios.isEmpty() ? Spread.NONE : Spread.of(ratios);
        return new Measure(name, "edits/s")
                .with(
                        "overall",
                        Spread.of(of.stream().map(Drain::rate).toList()).median())
                .with("median", spread.median())
                .with("min", spread.min())
                .with("max", spread.max())
                .with("of one-store", ratio.median())
                .with("least", ratio.min())
                .with("most", ratio.max())
                .with(
                        "cpu us/edit",
                        Spread.of(of.stream().map(Drain::cpuMicros).toList()).median())
                .with(
                        "disk B/edit",
                        Spread.of(of.stream().map(Drain::writtenBytes).toList()).median());
    }
}
