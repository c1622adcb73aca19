package dev.tidemark.bench.command;

import dev.tidemark.bench.Bench;
import dev.tidemark.bench.drive.Filling;
import dev.tidemark.bench.pipeline.Bare;
import dev.tidemark.bench.pipeline.MutationIntake;
import dev.tidemark.bench.pipeline.RecordIntake;
import dev.tidemark.bench.place.Place;
import dev.tidemark.bench.place.Server;
import dev.tidemark.bench.workload.Shape;
import java.util.ArrayList;
import java.util.List;

/** The servers of a run: {@code up}, and beside it a broker with a bare topology; both in a process of their own. */
final class Sides {
    private final RunFlags flags;
    private final Place place;

    Sides(RunFlags flags, Place place) {
        this.flags = flags;
        this.place = place;
    }

    Server up() {
        return place.keep(Server.up(place.fresh("up"), flags.settings()));
    }

    Server bare(Bare bare) {
        List<String> arguments =
                new ArrayList<>(List.of("stage", bare.name(), "--partitions", "" + flags.partitions()));
        flags.admitSettings().forEach((name, value) -> arguments.addAll(List.of("--set", name + "=" + value)));
        return place.keep(Server.bare(place.fresh(bare.label()), Bench.class.getName(), arguments));
    }

    /** Of {@link #up}, which must be started. */
    static Filling filling(Server up, Shape shape) {
        return new Filling(new MutationIntake(up.bootstrap(), up.url(), shape.projectNames()), shape);
    }

    /** Of {@link #bare}, which must be started. */
    static Filling filling(Server stage, Bare bare, Shape shape) {
        return new Filling(new RecordIntake(stage.bootstrap(), bare, shape), shape);
    }
}
