package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.AdmitDecision;
import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.ProjectHead;
import dev.tidemark.algebra.ReplicaState;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.AlgebraModel;
import dev.tidemark.testkit.LogRecord;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.LogWatch;
import dev.tidemark.testkit.simulation.watch.Violation;
import dev.tidemark.testkit.simulation.watch.Written;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * Admit: reads arrivals, decides each by the algebra, and commits state, records and outcomes together. A crash takes it back to
 * the last commit, and it does the same again; the seqs that its records had are then lost.
 */
public final class AdmitTask {
    private final Ground ground;
    private final Topics topics;
    private final LogWatch watch;
    private AlgebraModel committed;
    private int committedPosition;
    private AlgebraModel working;
    private int position;
    private final List<Written> open = new ArrayList<>();
    private final ChunkedFanOut chunked;

    AdmitTask(Ground ground, Topics topics, LogWatch watch) {
        this.ground = ground;
        this.topics = topics;
        this.watch = watch;
        this.working =
                new AlgebraModel(topics.settings().epoch(), topics.settings().policy(), AdmitLimits.DEFAULT);
        this.committed = working.copy();
        this.chunked = new ChunkedFanOut();
    }

    /** Reads one arrival, if there is one. @return whether there was */
    public boolean readOne() {
        if (chunked.takesTurn()) return chunk();
        if (position < topics.arrivals().start())
            throw new Violation(Invariant.PROGRESS, "Admit has stopped: unread batches were deleted");
        if (position == topics.arrivals().end()) return false;
        Arrival arrival = topics.arrivals().at(position++);
        if (arrival instanceof Arrival.Batch batch) arrived(batch);
        if (arrival instanceof Arrival.Deletion) delete();
        if (arrival instanceof Arrival.DeletionStep) deleteSome();
        return true;
    }

    /** All that was done since the last commit is seen from now on, and by everyone. */
    public void commit() {
        long nowMs = ground.clock().nowMs();
        for (Written written : open) {
            for (LogRecord record : written.records()) topics.log().commit(record, nowMs);
            if (written instanceof Written.Admitted admitted) topics.outcomes().append(admitted.outcome(), nowMs);
            if (written instanceof Written.DeletionEnded ended)
                topics.outcomes().append(epochNotice(ended.next()), nowMs);
            boolean goesOn = written instanceof Written.DeletionBegun || written instanceof Written.Deleted;
            if (goesOn) topics.arrivals().append(new Arrival.DeletionStep(), nowMs);
            watch.committed(written);
        }
        chunked.commit();
        if (position == committedPosition && open.isEmpty()) return;
        open.clear();
        committed = working.copy();
        committedPosition = position;
    }

    public void crash() {
        ground.tally().count(open.isEmpty() ? "admit crash" : "admit crash in a transaction");
        open.clear();
        working = committed.copy();
        position = committedPosition;
        chunked.crash();
    }

    /** Forgets one deleted entity that is past the horizon. */
    public void pruneOne(Random dice) {
        List<String> deleted = working.deleted();
        if (deleted.isEmpty()) return;
        String path = deleted.get(dice.nextInt(deleted.size()));
        working.prune(path);
        open.add(new Written.Pruned(EntityPath.parse(path)));
        ground.tally().count("pruned");
    }

    /** Whether everything is read and committed. */
    public boolean isIdle() {
        return open.isEmpty() && position == topics.arrivals().end() && !chunked.isUnderWay();
    }

    private void arrived(Arrival.Batch arrival) {
        watch.arrived(arrival.batch());
        if (!ground.simplifies(Simplification.CHUNKED_FAN_OUT)) admit(arrival);
        else if (!chunked.begins(arrival, working))
            chunked.without(arrival.batch()).ifPresent(rest -> admit(new Arrival.Batch(rest, arrival.requestId())));
    }

    private void admit(Arrival.Batch arrival) {
        MutationBatch batch = arrival.batch();
        AlgebraModel.Pushed pushed = working.push(batch, arrival.requestId());
        checkRows(pushed.decision());
        open.add(new Written.Admitted(batch, placed(pushed.changes()), pushed.outcome()));
        ground.trace().note(() -> "  admits " + Words.of(batch) + ": " + Words.of(pushed.outcome()));
        if (pushed.outcome().refusal() != null)
            ground.tally().count("refused " + pushed.outcome().refusal());
    }

    /** A record of a changelog that is too large for the broker stops the task, and again at every restart. */
    private void checkRows(AdmitDecision decision) {
        long largest = largestRow(decision);
        Violation.unless(
                largest <= Limits.CHANGELOG_ORIGINS_MAX,
                Invariant.PROGRESS,
                () -> "Admit has stopped: a row of " + largest
                        + " origins is larger than a record of the changelog may be");
    }

    /** In origins. */
    private long largestRow(AdmitDecision decision) {
        ReplicaState replica = decision.replica();
        if (ground.simplifies(Simplification.ORIGINS_IN_ONE_VALUE)) return replica == null ? 0 : replica.decided();
        return decision.runs().stream()
                .mapToInt(run -> run.origins().size())
                .max()
                .orElse(0);
    }

    private boolean chunk() {
        open.add(chunked.step(working, this::placed));
        return true;
    }

    private void delete() {
        if (working.head().life() != ProjectHead.Life.OPEN) return;
        ground.tally().count("project deleted");
        working.beginDeletion();
        open.add(new Written.DeletionBegun());
    }

    private void deleteSome() {
        if (working.head().life() != ProjectHead.Life.DELETING) return;
        List<EntityChange> changes = working.deleteSome(Ground.PROJECT, Limits.DELETED_PER_STEP);
        if (!changes.isEmpty()) {
            open.add(new Written.Deleted(placed(changes)));
            return;
        }
        working.endDeletion();
        open.add(new Written.DeletionEnded(working.epoch()));
        ground.trace().note(() -> "  the project is deleted");
    }

    private List<LogRecord> placed(List<EntityChange> changes) {
        List<LogRecord> records = new ArrayList<>();
        for (EntityChange change : changes)
            records.add(new LogRecord(topics.log().reserve(), change));
        return records;
    }

    private BatchOutcome epochNotice(Epoch next) {
        ReplicaId nobody = new ReplicaId(Ground.PROJECT, "", "");
        Ordinal head = new Ordinal(watch.log().records().size());
        return new BatchOutcome(nobody, next, null, null, head, -1, List.of());
    }
}
