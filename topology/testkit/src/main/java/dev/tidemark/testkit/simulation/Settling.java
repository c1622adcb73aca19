package dev.tidemark.testkit.simulation;

import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.client.ReplicaCopy;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Ordinal;
import dev.tidemark.testkit.simulation.backbone.Backbone;
import dev.tidemark.testkit.simulation.backbone.Limits;
import dev.tidemark.testkit.simulation.party.SimulatedReader;
import dev.tidemark.testkit.simulation.party.SimulatedReplica;
import dev.tidemark.testkit.simulation.watch.CommittedLog;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/** The end of a run: the network heals, everyone goes on until all is quiet, and then every copy must be the project. */
final class Settling {
    private static final int ROUNDS_MAX = 120;
    private static final int MUTATIONS_MAX = 12;
    private static final int ROWS_MAX = 5;

    private final World world;
    private final TargetChecks targets;
    private final Random dice = new Random(0);

    Settling(World world, TargetChecks targets) {
        this.world = world;
        this.targets = targets;
    }

    void settle() {
        for (SimulatedReplica replica : world.replicas()) replica.setOnline(true);
        for (SimulatedReader reader : world.readers()) reader.crash();
        for (int round = 0; round < ROUNDS_MAX && !isQuiet(); round++) round();
        checkDelivered();
        checkConverged();
        world.ground().clock().advance(2 * Limits.MUTATIONS_MS);
        world.backbone().retain();
        flow();
    }

    private void round() {
        if (!world.source().isDone()) world.source().finish();
        flow();
        for (SimulatedReplica replica : world.replicas()) {
            replica.giveUp();
            replica.push(1 + dice.nextInt(MUTATIONS_MAX));
            flow();
            replica.pull(1 + dice.nextInt(ROWS_MAX));
            flow();
            replica.ack(0);
            flow();
        }
        for (SimulatedReader reader : world.readers()) {
            reader.pull(1 + dice.nextInt(ROWS_MAX));
            flow();
            reader.ack(false);
            flow();
        }
        exhaust(() -> world.rawReader().readOne());
    }

    /** Everything under way arrives, and everything that arrives goes through. */
    private void flow() {
        Backbone backbone = world.backbone();
        do {
            world.ground().network().deliverAll();
            exhaust(() -> backbone.admit().readOne());
            backbone.admit().commit();
            exhaust(() -> backbone.materialize().readOne(dice));
            backbone.materialize().commit();
            targets.check();
        } while (!world.ground().network().isEmpty());
    }

    private static void exhaust(BooleanSupplier readOne) {
        boolean isMore;
        do isMore = readOne.getAsBoolean();
        while (isMore);
    }

    private boolean isQuiet() {
        Cursor head = head();
        boolean replicas = world.replicas().stream().allMatch(replica -> isQuiet(replica, head));
        boolean readers = world.readers().stream().allMatch(reader -> isQuiet(reader, head));
        return replicas
                && readers
                && world.source().isDone()
                && world.backbone().isIdle();
    }

    private boolean isQuiet(SimulatedReplica replica, Cursor head) {
        ReplicaCopy copy = replica.copy();
        boolean isThere = copy.ackable().filter(isAt(head)).isPresent();
        boolean owned = copies(copy.id().replica()) > 1
                || world.backbone()
                        .target(copy.id().replica())
                        .filter(target -> isAt(head).test(target.unified()))
                        .isPresent();
        return copy.outbox().isEmpty() && isThere && owned;
    }

    private boolean isQuiet(SimulatedReader reader, Cursor head) {
        boolean acked = world.backbone()
                .target(reader.name())
                .filter(target -> isAt(head).test(target.unified()))
                .isPresent();
        return reader.isAt(head) && acked;
    }

    private long copies(String name) {
        return world.replicas().stream()
                .filter(replica -> replica.copy().id().replica().equals(name))
                .count();
    }

    private static Predicate<Cursor> isAt(Cursor head) {
        return cursor -> cursor.complete()
                && cursor.seq().equals(head.seq())
                && cursor.epoch().equals(head.epoch());
    }

    private Cursor head() {
        CommittedLog log = world.watch().log();
        Ordinal ordinal = new Ordinal(log.records().size());
        return new Cursor("", log.epoch(), log.headSeq(), ordinal, true, log.headSeq(), 0);
    }

    private void checkDelivered() {
        for (SimulatedReplica replica : world.replicas())
            Violation.unless(
                    replica.copy().outbox().isEmpty(),
                    Invariant.DELIVERY,
                    () -> replica.name() + " still has " + replica.copy().outbox());
        Violation.unless(world.source().isDone(), Invariant.DELIVERY, () -> "the source is not done");
        Violation.unless(isQuiet(), Invariant.PROGRESS, () -> "it never becomes quiet");
    }

    private void checkConverged() {
        CommittedLog log = world.watch().log();
        for (SimulatedReplica replica : world.replicas()) {
            ReplicaCopy copy = replica.copy();
            Map<EntityId, Image> base = new HashMap<>();
            copy.base().forEach((id, row) -> base.put(id, row.image()));
            same(replica.name() + "'s base", log.images(), canonical(base));
            same(replica.name() + "'s view", log.images(), canonical(copy.view()));
            same(replica.name() + "'s digest", log.digest(), copy.digest());
        }
        for (SimulatedReader reader : world.readers())
            same(reader.name(), shown(log.images(), reader), reader.images());
        same("the raw reader's digest", log.digest(), world.rawReader().digest());
    }

    private static Map<EntityId, String> shown(Map<EntityId, String> images, SimulatedReader reader) {
        Map<EntityId, String> shown = new HashMap<>(images);
        shown.keySet()
                .removeIf(id -> !reader.filter().isEmpty() && !reader.filter().contains(id.entity()));
        return shown;
    }

    private static Map<EntityId, String> canonical(Map<EntityId, Image> images) {
        Map<EntityId, String> canonical = new HashMap<>();
        images.forEach((id, image) -> canonical.put(id, image.canonical()));
        return canonical;
    }

    private static void same(String what, Object expected, Object actual) {
        Violation.unless(
                expected.equals(actual),
                Invariant.CONVERGENCE,
                () -> what + " is " + actual + ", expected " + expected);
    }
}
