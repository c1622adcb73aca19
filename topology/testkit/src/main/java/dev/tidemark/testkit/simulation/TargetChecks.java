package dev.tidemark.testkit.simulation;

import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.model.Target;
import dev.tidemark.testkit.simulation.party.SimulatedReader;
import dev.tidemark.testkit.simulation.party.SimulatedReplica;
import dev.tidemark.testkit.simulation.watch.TargetWatch;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** Has L4 looked at after each step, for every target whose cursor or copy is not what it was. */
final class TargetChecks {
    private final World world;
    private final TargetWatch watch;
    private final Map<Object, Looked> looked = new HashMap<>();

    private record Looked(Cursor unified, int revision) {}

    TargetChecks(World world) {
        this.world = world;
        this.watch = new TargetWatch(world.watch().log());
    }

    void check() {
        for (SimulatedReplica replica : world.replicas()) check(replica);
        for (SimulatedReader reader : world.readers()) check(reader);
    }

    /** The target that stands for this copy; empty: there is none, or it stands for another. */
    Optional<Target> of(SimulatedReplica replica) {
        return world.backbone()
                .target(replica.copy().id().replica())
                .filter(target -> replica.copy().id().incarnation().equals(target.incarnation()));
    }

    private void check(SimulatedReplica replica) {
        ReplicaId id = replica.copy().id();
        if (world.isShared(id) || world.watch().hasOutlived(id)) return;
        Target target = of(replica).orElse(null);
        if (target != null && isNews(replica, target, replica.revision()))
            watch.check(target, replica.copy(), replica.completeAt());
    }

    private void check(SimulatedReader reader) {
        Target target = world.backbone().target(reader.name()).orElse(null);
        if (target == null || !isNews(reader, target, reader.revision())) return;
        Map<EntityId, String> images = reader.images();
        watch.check(target, images);
    }

    private boolean isNews(Object party, Target target, int revision) {
        Looked now = new Looked(target.unified(), revision);
        return !now.equals(looked.put(party, now));
    }
}
