package dev.tidemark.bench.command;

import dev.tidemark.bench.drive.Filling;
import dev.tidemark.bench.measure.Footprint;
import dev.tidemark.bench.measure.Spread;
import dev.tidemark.bench.measure.Watch;
import dev.tidemark.bench.pipeline.Bare;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.place.Server;
import dev.tidemark.bench.report.Measure;
import dev.tidemark.bench.report.Result;
import dev.tidemark.bench.workload.Shape;
import dev.tidemark.cli.Surroundings;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
        name = "memory",
        description = {
            "How much memory `tidemark up` holds while it idles: empty, after it has taken in its entities, and after a"
                    + " restart; beside a broker with a bare topology of one store.",
            ""
        })
final class MemoryCommand implements Callable<Integer> {
    private static final double MB = 1e6;

    @Mixin
    private final RunFlags flags;

    @Option(names = "--entities", paramLabel = "N", description = "default 20,000; full 1,000,000")
    private @Nullable Integer entities;

    @Option(names = "--projects", paramLabel = "N", description = "default ${DEFAULT-VALUE}")
    private int projects = 4;

    @Option(names = "--idle-seconds", paramLabel = "N", description = "watched each time (default 5; full 60)")
    private @Nullable Integer idleSeconds;

    MemoryCommand(Surroundings surroundings) {
        this.flags = new RunFlags(surroundings);
    }

    @Override
    public Integer call() {
        Result result = new Result("memory");
        int size = flags.size(entities, 20_000, 1_000_000);
        Duration idle = Duration.ofSeconds(flags.size(idleSeconds, 5, 60));
        Shape shape = new Shape(flags.seed, flags.partitions(), projects, size, Shape.CHUNK);
        try (Place place = flags.place()) {
            Sides sides = new Sides(flags, place);
            Server stage = sides.bare(Bare.ONE_STORE);
            watch(result, "one-store", stage, () -> Sides.filling(stage, Bare.ONE_STORE, shape), idle);
            Server up = sides.up();
            watch(result, "up", up, () -> Sides.filling(up, shape), idle);
        }
        return flags.print(result.setting("entities", shape.entitiesUsed())
                .setting("projects", projects)
                .setting("idle_seconds", idle.toSeconds()));
    }

    private void watch(Result result, String name, Server server, Supplier<Filling> filling, Duration idle) {
        try (server) {
            server.start();
            flags.say(name + ": idling, empty");
            result.add(measure(name + ", empty", Watch.idle(server.child().pid(), idle)));
            flags.say(name + ": creating entities");
            try (Filling open = filling.get()) {
                open.createAll();
            }
            flags.say(name + ": idling, filled");
            result.add(measure(name + ", filled", Watch.idle(server.child().pid(), idle)));
            server.child().stop();
            server.start();
            flags.say(name + ": idling, started again");
            result.add(
                    measure(name + ", started again", Watch.idle(server.child().pid(), idle)));
        }
    }

    private static Measure measure(String name, List<Footprint> seen) {
        Spread resident =
                Spread.of(seen.stream().map(each -> each.residentBytes() / MB).toList());
        Footprint last = seen.get(seen.size() - 1);
        double cpuNs = last.cpuNs() - seen.get(0).cpuNs();
        return new Measure(name, "MB")
                .with("resident", resident.median())
                .with("min", resident.min())
                .with("max", resident.max())
                .with("anonymous", last.anonymousBytes() / MB)
                .with("peak", last.residentPeakBytes() / MB)
                .with("cpu s", cpuNs / 1e9);
    }
}
