package dev.tidemark.bench.command;

import dev.tidemark.bench.drive.Backlog;
import dev.tidemark.bench.drive.Drain;
import dev.tidemark.bench.drive.Pace;
import dev.tidemark.bench.http.Cursors;
import dev.tidemark.bench.http.HttpLoad;
import dev.tidemark.bench.http.Requests;
import dev.tidemark.bench.http.TargetRequests;
import dev.tidemark.bench.measure.Footprint;
import dev.tidemark.bench.pipeline.Broker;
import dev.tidemark.bench.pipeline.TidemarkPipeline;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.report.Measure;
import dev.tidemark.bench.report.Result;
import dev.tidemark.bench.workload.Shape;
import java.time.Duration;
import java.util.List;

/** One project with many targets: what making one, acknowledging for one, and a mutation cost. */
final class TargetGrowth {
    private static final int CONNECTIONS = 32;
    private static final double WARM_SHARE = 0.25;
    private static final Duration MOST = Duration.ofMinutes(10);

    private final RunFlags flags;
    private final int targets;

    TargetGrowth(RunFlags flags, int targets) {
        this.flags = flags;
        this.targets = targets;
    }

    void run(Result result, Shape shape, int chunks) {
        flags.say(targets + " targets");
        List<String> projects = shape.projectNames();
        try (Place place = flags.place()) {
            Broker broker = place.keep(Broker.start(place.fresh("kafka")));
            TidemarkPipeline pipeline =
                    place.keep(new TidemarkPipeline(broker, place.fresh("state"), projects, flags.settings()));
            Backlog backlog = new Backlog(pipeline, shape);
            backlog.preload();
            pipeline.open();
            String host = pipeline.authority();
            result.add(each("create", pipeline, TargetRequests.create(host, projects.get(0), targets)));
            String cursor = Cursors.after(pipeline.url(), projects.get(0), shape.chunk());
            result.add(each("ack", pipeline, TargetRequests.ack(host, projects.get(0), targets, cursor)));
            pipeline.pause();
            Drain drain = backlog.drain(chunks, WARM_SHARE);
            result.add(GrowthCommand.measure(named("mutation"), drain));
        }
    }

    /** A request for each target, some at a time. */
    private Measure each(String what, TidemarkPipeline pipeline, Requests requests) {
        Footprint before = Footprint.ofThisProcess();
        long begunNs = System.nanoTime();
        new HttpLoad(pipeline.http(), CONNECTIONS, requests, "\"target\"")
                .run(new Pace(Pace.AS_ANSWERED, Duration.ZERO, MOST), 1);
        double micros = (System.nanoTime() - begunNs) / 1e3 / targets;
        Footprint after = Footprint.ofThisProcess();
        return new Measure(named(what), "us/target")
                .with("overall", micros)
                .with("cpu us/edit", (after.cpuNs() - before.cpuNs()) / 1e3 / targets)
                .with("disk B/edit", (double) (after.writtenBytes() - before.writtenBytes()) / targets);
    }

    private String named(String what) {
        return what + ", " + String.format("%,d", targets) + " targets";
    }
}
