package dev.tidemark.testkit.simulation;

import dev.tidemark.model.Cursor;
import dev.tidemark.testkit.RandomMutations;
import dev.tidemark.testkit.simulation.party.SimulatedReader;
import dev.tidemark.testkit.simulation.party.SimulatedReplica;
import dev.tidemark.testkit.simulation.party.Wishes;
import java.util.List;
import java.util.Random;

/** Carries out one step: finds who it is for, and rolls its dice. */
final class Steps {
    private static final RandomMutations.Mix MIX = new RandomMutations.Mix(10, 6, 2);
    private static final int EDITS_MAX = 3;
    private static final int MUTATIONS_MAX = 5;
    private static final int ROWS_MAX = 4;
    private static final int TICK_MS_MAX = 100;
    private static final int READS_MAX = 5;

    private final World world;

    Steps(World world) {
        this.world = world;
    }

    void take(Step step) {
        Random dice = step.dice();
        switch (step.action()) {
            case DELIVER -> world.ground().network().deliverOne(dice);
            case TICK -> world.ground().clock().advance(1 + dice.nextInt(TICK_MS_MAX));
            case SOURCE_GOES_ON -> world.source().goOn(dice);
            case SOURCE_STARTS_AGAIN -> world.source().startAgain(dice);
            case RAW_READ -> repeat(dice, () -> world.rawReader().readOne());
            case RAW_START_AGAIN -> world.rawReader().startAgain();
            case READER_PULL -> reader(step).pull(1 + dice.nextInt(ROWS_MAX));
            case READER_ACK -> reader(step).ack(dice.nextBoolean());
            case READER_CRASH -> reader(step).crash();
            default -> takeOfReplica(step, replica(step), dice);
        }
    }

    private void takeOfReplica(Step step, SimulatedReplica replica, Random dice) {
        switch (step.action()) {
            case EDIT -> edit(replica, dice);
            case PUSH -> replica.push(1 + dice.nextInt(MUTATIONS_MAX));
            case GIVE_UP -> replica.giveUp();
            case PULL -> replica.pull(1 + dice.nextInt(ROWS_MAX));
            case ACK -> replica.ack(dice.nextInt(3));
            case LOOK_AT_TARGET -> replica.look();
            case REPLICA_CRASH -> replica.crash();
            case REPLICA_CRASH_BEFORE_SENDING -> replica.crashBeforeSending(1 + dice.nextInt(MUTATIONS_MAX));
            case FULL_READ -> replica.fullRead();
            case GO_OFFLINE -> replica.setOnline(false);
            case GO_ONLINE -> replica.setOnline(true);
            case CLONE -> world.clone(replica);
            case BACK_UP -> replica.backUp();
            case RESTORE -> world.restore(replica);
            case RESET_TARGET -> reset(step, replica, dice);
            default -> takeOfBackbone(step, dice);
        }
    }

    private void takeOfBackbone(Step step, Random dice) {
        var backbone = world.backbone();
        switch (step.action()) {
            case ADMIT -> repeat(dice, () -> backbone.admit().readOne());
            case ADMIT_COMMIT -> backbone.admit().commit();
            case ADMIT_CRASH -> backbone.admit().crash();
            case PRUNE -> backbone.admit().pruneOne(dice);
            case MATERIALIZE -> repeat(dice, () -> backbone.materialize().readOne(dice));
            case MATERIALIZE_COMMIT -> backbone.materialize().commit();
            case MATERIALIZE_CRASH -> backbone.crashMaterialize();
            case EXPIRE -> backbone.materialize().expire();
            case COMPACT -> backbone.compact();
            case RETAIN -> backbone.retain();
            case DELETE_PROJECT -> backbone.deleteProject();
            default -> throw new IllegalStateException("nobody takes " + step);
        }
    }

    private static void edit(SimulatedReplica replica, Random dice) {
        RandomMutations mutations = new RandomMutations(dice, MIX);
        for (int i = 1 + dice.nextInt(EDITS_MAX); i > 0; i--) replica.edit(mutations.next(0));
    }

    /** To the beginning, or to where its copy once was; of a reader, or of an identity that is shared, to the beginning only. */
    private void reset(Step step, SimulatedReplica replica, Random dice) {
        List<Cursor> held = replica.held();
        boolean toReader = dice.nextInt(3) == 0;
        boolean isShared = world.isShared(replica.copy().id());
        boolean toBeginning = toReader || isShared || held.isEmpty() || dice.nextInt(3) == 0;
        String target = toReader ? reader(step).name() : replica.copy().id().replica();
        Cursor to = toBeginning ? null : held.get(dice.nextInt(held.size()));
        world.backbone()
                .wish(
                        Wishes.reset(target, to),
                        decision -> world.ground()
                                .tally()
                                .count("reset " + decision.getClass().getSimpleName()));
    }

    private static void repeat(Random dice, Runnable once) {
        for (int i = 1 + dice.nextInt(READS_MAX); i > 0; i--) once.run();
    }

    private SimulatedReplica replica(Step step) {
        return world.replicas().get(step.actor() % world.replicas().size());
    }

    private SimulatedReader reader(Step step) {
        return world.readers().get(step.actor() % world.readers().size());
    }
}
