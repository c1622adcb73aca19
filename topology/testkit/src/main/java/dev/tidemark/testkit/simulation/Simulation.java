package dev.tidemark.testkit.simulation;

import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.client.ReplicaCopy;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.CopyLaw;
import dev.tidemark.testkit.LogRecord;
import dev.tidemark.testkit.RandomMutations;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/**
 * Replicas that edit, push, pull, ack and crash as one seed has it. Invariants, after every step: L4 for each target, and no
 * unified cursor goes back; with every page: L7. When the network has healed and all is quiet: every copy is what the log says,
 * its digest is the log's, and nothing waits in an outbox.
 */
public final class Simulation {
    public static final String PROJECT = "p";
    private static final int ROUNDS_MAX = 200;
    private static final int PERCENT = 100;

    /** @param steps before the network heals */
    public record Settings(int replicas, int steps, Chances chances, RandomMutations.Mix mix) {
        public static final Settings SMALL = new Settings(3, 250, Chances.ROUGH, new RandomMutations.Mix(12, 6, 0));
    }

    private final Settings settings;
    private final Random random;
    private final SimulatedServer server;
    private final Network network;
    private final RandomMutations mutations;
    private final Tally tally = new Tally();
    private final List<SimulatedReplica> replicas = new ArrayList<>();
    private final Map<ReplicaId, Cursor> unifiedBefore = new HashMap<>();
    private final Map<ReplicaId, CloudSeq> completeAt = new HashMap<>();

    public Simulation(Settings settings, Random random, SimulatedServer server) {
        this.settings = settings;
        this.random = random;
        this.server = server;
        this.network = new Network(random, settings.chances());
        this.mutations = new RandomMutations(random, settings.mix());
        for (int i = 0; i < settings.replicas(); i++)
            replicas.add(new SimulatedReplica(new ReplicaId(PROJECT, "r" + i, "0"), server, network, tally));
    }

    /**
     * @return what happened
     * @throws AssertionError if an invariant does not hold
     */
    public Tally run() {
        for (int i = 0; i < settings.steps(); i++) {
            step();
            checkTargets();
        }
        settle();
        for (SimulatedReplica replica : replicas) checkConverged(replica.copy());
        return tally;
    }

    private void step() {
        if (chance(50)) network.deliverOne();
        else if (chance(settings.chances().purge())) purge();
        else turn(replicas.get(random.nextInt(replicas.size())));
    }

    private void turn(SimulatedReplica replica) {
        Chances chances = settings.chances();
        if (chance(chances.crash())) replica.crash();
        else if (chance(chances.crash())) replica.crashBeforeSending(mutationsMax());
        else if (chance(chances.fullRead())) replica.fullRead();
        else if (chance(chances.giveUp())) replica.giveUp();
        else work(replica);
    }

    private void work(SimulatedReplica replica) {
        switch (random.nextInt(5)) {
            case 0, 1 -> replica.edit(mutations.next(0));
            case 2 -> replica.push(mutationsMax());
            case 3 -> replica.pull(rowsMax());
            default -> replica.ack();
        }
    }

    private void purge() {
        List<LogRecord> log = server.log();
        if (!log.isEmpty()) server.purge(log.get(random.nextInt(log.size())).seq());
    }

    private void settle() {
        network.heal();
        network.deliverAll();
        for (int round = 0; round < ROUNDS_MAX && !isQuiet(); round++) {
            for (SimulatedReplica replica : replicas) {
                replica.giveUp();
                replica.push(mutationsMax());
                replica.pull(rowsMax());
                network.deliverAll();
                replica.ack();
                network.deliverAll();
                checkTargets();
            }
        }
    }

    private boolean isQuiet() {
        CloudSeq head = head();
        return replicas.stream().map(SimulatedReplica::copy).allMatch(copy -> {
            boolean atHead = copy.cursor()
                    .filter(cursor -> cursor.complete() && cursor.seq().equals(head))
                    .isPresent();
            return copy.outbox().isEmpty() && atHead && unifiedSeq(copy).equals(Optional.of(head));
        });
    }

    private void checkTargets() {
        for (SimulatedReplica replica : replicas) {
            ReplicaCopy copy = replica.copy();
            copy.cursor()
                    .filter(Cursor::complete)
                    .ifPresent(cursor -> completeAt.merge(copy.id(), cursor.seq(), Simulation::higher));
            server.unified(copy.id()).ifPresent(unified -> checkTarget(copy, unified));
        }
    }

    private void checkTarget(ReplicaCopy copy, Cursor unified) {
        Cursor before = unifiedBefore.put(copy.id(), unified);
        if (before != null && before.seq().isAfter(unified.seq()))
            throw new AssertionError("L4: a unified cursor went back: " + before + " to " + unified);
        CopyLaw law =
                new CopyLaw(server.log(), mutation -> server.outcome(copy.id().origin(mutation.localSeq())));
        law.violation(unified, copy, completeAt.getOrDefault(copy.id(), CloudSeq.NONE))
                .ifPresent(violation -> {
                    throw new AssertionError("L4: " + copy.id() + ": " + violation);
                });
    }

    private void checkConverged(ReplicaCopy copy) {
        Map<EntityId, String> expected = server.images();
        expect("quiet", true, isQuiet());
        Map<EntityId, Image> base = new HashMap<>();
        copy.base().forEach((id, row) -> base.put(id, row.image()));
        expect("base", expected, canonical(base));
        expect("view", expected, canonical(copy.view()));
        expect("digest", digest(), copy.digest());
    }

    private static CloudSeq higher(CloudSeq a, CloudSeq b) {
        return a.isAfter(b) ? a : b;
    }

    private static Map<EntityId, String> canonical(Map<EntityId, Image> images) {
        Map<EntityId, String> canonical = new HashMap<>();
        images.forEach((id, image) -> canonical.put(id, image.canonical()));
        return canonical;
    }

    private static void expect(String what, Object expected, Object actual) {
        if (!expected.equals(actual))
            throw new AssertionError("convergence: " + what + " is " + actual + ", expected " + expected);
    }

    private Optional<CloudSeq> unifiedSeq(ReplicaCopy copy) {
        return server.unified(copy.id()).map(Cursor::seq);
    }

    private CloudSeq head() {
        List<LogRecord> log = server.log();
        return log.isEmpty() ? CloudSeq.NONE : log.get(log.size() - 1).seq();
    }

    private Digest digest() {
        List<LogRecord> log = server.log();
        return log.isEmpty()
                ? Digest.ZERO
                : log.get(log.size() - 1).change().meta().digest();
    }

    private int mutationsMax() {
        return 1 + random.nextInt(5);
    }

    private int rowsMax() {
        return 1 + random.nextInt(4);
    }

    private boolean chance(int percent) {
        return random.nextInt(PERCENT) < percent;
    }
}
