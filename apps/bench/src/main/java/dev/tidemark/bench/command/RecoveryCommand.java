package dev.tidemark.bench.command;

import dev.tidemark.bench.drive.Filling;
import dev.tidemark.bench.http.FirstPull;
import dev.tidemark.bench.measure.Spread;
import dev.tidemark.bench.pipeline.Bare;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.place.Server;
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
        name = "recovery",
        description = {
            "How long after `kill -9`, in the middle of updates, `tidemark up` answers pulls again; beside a broker with a bare"
                    + " topology of one store.",
            "",
            "After each restart every update must be there, once.",
            ""
        })
final class RecoveryCommand implements Callable<Integer> {
    private static final String FIRST = "up, first pull";
    private static final String EVERY = "up, every project";
    private static final String READY = "up, ready";
    private static final String DONE = "up, worked off";
    private static final String BESIDE = "one-store, ready";

    @Mixin
    private final RunFlags flags;

    @Option(names = "--entities", paramLabel = "N", description = "default 20,000; full 1,000,000")
    private @Nullable Integer entities;

    @Option(names = "--projects", paramLabel = "N", description = "default ${DEFAULT-VALUE}")
    private int projects = 4;

    @Option(names = "--updates", paramLabel = "N", description = "under way at the kill (default 2,000; full 20,000)")
    private @Nullable Integer updates;

    @Option(names = "--kills", paramLabel = "N", description = "default 2; full 5")
    private @Nullable Integer kills;

    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();

    RecoveryCommand(Surroundings surroundings) {
        this.flags = new RunFlags(surroundings);
    }

    @Override
    public Integer call() {
        Result result = new Result("recovery");
        int size = flags.size(entities, 20_000, 1_000_000);
        int chunks = Math.max(1, flags.size(updates, 2_000, 20_000) / Shape.CHUNK);
        int times = flags.size(kills, 2, 5);
        Shape shape = new Shape(flags.seed, flags.partitions(), projects, size, Shape.CHUNK);
        try (Place place = flags.place()) {
            Sides sides = new Sides(flags, place);
            bare(sides.bare(Bare.ONE_STORE), shape, chunks, times);
            up(sides.up(), shape, chunks, times);
        }
        double beside = Spread.of(seconds.getOrDefault(BESIDE, List.of())).median();
        seconds.forEach((name, each) -> result.add(measure(name, Spread.of(each), beside)));
        return flags.print(result.setting("entities", shape.entitiesUsed())
                .setting("projects", projects)
                .setting("updates", chunks * Shape.CHUNK)
                .setting("kills", times));
    }

    private void bare(Server stage, Shape shape, int chunks, int times) {
        stage.start();
        flags.say("one-store: creating " + shape.entitiesUsed() + " entities");
        try (stage;
                Filling filling = Sides.filling(stage, Bare.ONE_STORE, shape)) {
            filling.createAll();
            for (int kill = 1; kill <= times; kill++) {
                filling.send(chunks);
                stage.child().kill();
                note(BESIDE, stage.start().toNanos());
                filling.awaitDone();
            }
        }
    }

    private void up(Server up, Shape shape, int chunks, int times) {
        up.start();
        flags.say("up: creating " + shape.entitiesUsed() + " entities");
        try (up;
                Filling filling = Sides.filling(up, shape)) {
            filling.createAll();
            FirstPull pull = new FirstPull(up.url());
            for (int kill = 1; kill <= times; kill++) {
                filling.send(chunks);
                up.child().kill();
                long begunNs = System.nanoTime();
                up.launch();
                List<String> names = shape.projectNames();
                pull.await(names.get(0));
                note(FIRST, System.nanoTime() - begunNs);
                names.forEach(pull::await);
                note(EVERY, System.nanoTime() - begunNs);
                up.child().awaitReady();
                note(READY, System.nanoTime() - begunNs);
                filling.awaitDone();
                note(DONE, System.nanoTime() - begunNs);
            }
        }
    }

    private void note(String name, long ns) {
        seconds.computeIfAbsent(name, each -> new ArrayList<>()).add(ns / 1e9);
        flags.say(String.format("%s after %.1f s", name, ns / 1e9));
    }

    private static Measure measure(String name, Spread spread, double beside) {
        return new Measure(name, "s")
                .with("median", spread.median())
                .with("min", spread.min())
                .with("max", spread.max())
                .with("of one-store", spread.median() / beside);
    }
}
