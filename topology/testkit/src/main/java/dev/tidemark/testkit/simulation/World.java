package dev.tidemark.testkit.simulation;

import dev.tidemark.model.Epoch;
import dev.tidemark.model.Policy;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.ReferenceModel;
import dev.tidemark.testkit.simulation.backbone.Backbone;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.party.RawLogReader;
import dev.tidemark.testkit.simulation.party.SimulatedReader;
import dev.tidemark.testkit.simulation.party.SimulatedReplica;
import dev.tidemark.testkit.simulation.party.SimulatedSource;
import dev.tidemark.testkit.simulation.watch.LogWatch;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Everyone who takes part in a run: replicas, a source, two readers, a reader of the raw log, and the backbone. */
final class World {
    private static final int REPLICAS = 3;
    private static final int STORES_MAX = 5;
    /** More than any run needs; the limits themselves are the algebra's tests. */
    private static final int FAN_OUT_MAX = 100_000;

    private final Ground ground;
    private final LogWatch watch;
    private final Backbone backbone;
    private final List<SimulatedReplica> replicas = new ArrayList<>();
    private final List<SimulatedReader> readers;
    private final RawLogReader rawReader;
    private final SimulatedSource source;
    private final Set<ReplicaId> shared = new HashSet<>();

    World(Ground ground) {
        this.ground = ground;
        ReferenceModel.Settings settings =
                new ReferenceModel.Settings(Ground.PROJECT, new Epoch(1), policy(), FAN_OUT_MAX, FAN_OUT_MAX);
        watch = new LogWatch(settings, !ground.simplifies(Simplification.CHUNKED_FAN_OUT));
        backbone = new Backbone(ground, settings, watch);
        for (int i = 0; i < REPLICAS; i++)
            replicas.add(
                    new SimulatedReplica(ground, backbone, watch.log(), new ReplicaId(Ground.PROJECT, "r" + i, "0")));
        readers = List.of(
                new SimulatedReader(ground, backbone, "reader", Set.of()),
                new SimulatedReader(ground, backbone, "notes", Set.of("note")));
        rawReader = new RawLogReader(ground, backbone);
        source = new SimulatedSource(backbone, watch, ground.simplification());
        // What is carried out in chunks is decided late: it is L10 that must see it, not the order of outcomes.
        if (ground.simplifies(Simplification.CHUNKED_FAN_OUT)) watch.share(source.id());
    }

    /** One field is looked up in an index, all others by a scan. */
    private static Policy policy() {
        return new Policy(false, new TreeMap<>(Map.of("note", new TreeSet<>(Set.of("f")))));
    }

    Ground ground() {
        return ground;
    }

    LogWatch watch() {
        return watch;
    }

    Backbone backbone() {
        return backbone;
    }

    List<SimulatedReplica> replicas() {
        return replicas;
    }

    List<SimulatedReader> readers() {
        return readers;
    }

    RawLogReader rawReader() {
        return rawReader;
    }

    SimulatedSource source() {
        return source;
    }

    /** Whether two stores push, or may have pushed, under that identity: none of them follows section 6 any more. */
    boolean isShared(ReplicaId id) {
        return shared.contains(id);
    }

    void clone(SimulatedReplica original) {
        if (replicas.size() == STORES_MAX) return;
        ground.tally().count("cloned");
        share(original.copy().id());
        replicas.add(original.cloned(replicas.size()));
    }

    void restore(SimulatedReplica replica) {
        ReplicaId before = replica.copy().id();
        if (!replica.restore()) return;
        share(before);
        share(replica.copy().id());
    }

    private void share(ReplicaId id) {
        shared.add(id);
        watch.share(id);
    }
}
