package dev.tidemark.bench.command;

import dev.tidemark.bench.drive.Filling;
import dev.tidemark.bench.drive.Pace;
import dev.tidemark.bench.drive.RoundTrips;
import dev.tidemark.bench.http.HttpLoad;
import dev.tidemark.bench.http.PushRequests;
import dev.tidemark.bench.measure.Footprint;
import dev.tidemark.bench.measure.Latencies;
import dev.tidemark.bench.pipeline.Bare;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.place.Server;
import dev.tidemark.bench.workload.Images;
import dev.tidemark.bench.workload.Shape;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Pushes of one mutation each to one project, and records through bare topologies, at the same pace with as many in flight. */
final class PushBench {
    private static final String OUTCOME = "\"outcome\":\"accepted\"";

    private final RunFlags flags;
    private final Sides sides;
    private final Pace pace;
    private final int inFlight;
    private final int slices;

    PushBench(RunFlags flags, Place place, Pace pace, int inFlight, int slices) {
        this.flags = flags;
        this.sides = new Sides(flags, place);
        this.pace = pace;
        this.inFlight = inFlight;
        this.slices = slices;
    }

    /** @param used by the server for each of {@code latencies} and those of the warm-up */
    record Run(String name, Latencies latencies, Used used) {}

    record Used(double cpuMicros, double writtenBytes) {
        static Used between(Footprint before, Footprint after, double count) {
            return new Used(
                    (after.cpuNs() - before.cpuNs()) / 1e3 / count,
                    (after.writtenBytes() - before.writtenBytes()) / count);
        }
    }

    /** Through the gateway of {@code up}, from the request to the answer with its outcome. */
    Run tidemark(int entities) {
        flags.say("tidemark: creating " + entities + " entities");
        try (Server up = sides.up()) {
            up.start();
            Shape shape = new Shape(flags.seed, flags.partitions(), 1, entities, Math.min(entities, Shape.CHUNK));
            try (Filling filling = Sides.filling(up, shape)) {
                filling.createAll();
                String project = shape.projectNames().get(0);
                PushRequests requests =
                        new PushRequests(up.authority(), project, "run", inFlight, shape.entitiesUsed(), images());
                flags.say("tidemark: pushing");
                return timed(
                        "tidemark", up, () -> new HttpLoad(up.http(), inFlight, requests, OUTCOME).run(pace, slices));
            }
        }
    }

    /** From the record to a reader of committed records, through a topology in a process like that of {@code up}. */
    List<Run> bare(List<Bare> bares) {
        List<Run> runs = new ArrayList<>();
        for (Bare bare : bares) {
            try (Server stage = sides.bare(bare)) {
                stage.start();
                flags.say(bare.label() + ": sending");
                Images images = images();
                RoundTrips trips = new RoundTrips(
                        stage.bootstrap(),
                        bare,
                        inFlight,
                        number -> images.of(0, (int) number, number).getBytes(StandardCharsets.UTF_8));
                runs.add(timed(bare.label(), stage, () -> trips.run(pace, slices)));
            }
        }
        return runs;
    }

    /** What others are compared with; null if it was not run. */
    static @Nullable Latencies of(Bare bare, List<Run> runs) {
        for (Run run : runs) if (run.name().equals(bare.label())) return run.latencies();
        return null;
    }

    private interface Timed {
        Latencies run();
    }

    private Run timed(String name, Server server, Timed work) {
        Footprint before = Footprint.of(server.child().pid());
        Latencies latencies = work.run();
        Footprint after = Footprint.of(server.child().pid());
        double share = (double) pace.measured().toNanos()
                / pace.warm().plus(pace.measured()).toNanos();
        return new Run(name, latencies, Used.between(before, after, Math.max(1, latencies.count() / share)));
    }

    private Images images() {
        return new Images(flags.seed, Shape.IMAGE_BYTES);
    }
}
