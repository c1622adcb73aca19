package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.algebra.Targets;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ChangeOp;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.testkit.ChangeIndex;
import dev.tidemark.testkit.LogRecord;
import dev.tidemark.testkit.simulation.ground.Ground;
import dev.tidemark.testkit.simulation.ground.Simplification;
import dev.tidemark.testkit.simulation.watch.Invariant;
import dev.tidemark.testkit.simulation.watch.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Materialize: reads the committed log, the outcomes and the wishes about targets, in any order between the three. After a crash it
 * goes on from the last commit, and nothing is served until it has read what was there when it came back. Records and outcomes are
 * shown as they are read, targets once they are committed: they hang on the order in which the three topics were read.
 */
public final class MaterializeTask {
    private final Ground ground;
    private final Topics topics;
    private final Listener listener;
    private final UnifiedRules unified;
    private final OutcomeRules outcomes;
    private MaterializeState committed;
    private MaterializeState state;
    /** Since the last commit. */
    private boolean changed;
    /** Told once they are committed: another life may decide otherwise. */
    private final List<Runnable> untold = new ArrayList<>();

    private CloudSeq read = CloudSeq.NONE;
    private CloudSeq unreadLog = CloudSeq.NONE;
    private int unreadOutcomes;
    private int unreadAcks;

    /** What the gateway waits for. */
    interface Listener {
        void answered(BatchOutcome batch, List<MappedOrigin> mapped, Head head);

        void decided(TargetEvent event, Targets.Decision decision);
    }

    MaterializeTask(Ground ground, Topics topics, Listener listener) {
        this.ground = ground;
        this.topics = topics;
        this.listener = listener;
        this.unified = new UnifiedRules(ground.simplification());
        this.outcomes = new OutcomeRules(unified);
        this.state = new MaterializeState(topics.settings().epoch());
        this.committed = state.copy();
    }

    MaterializeState state() {
        return state;
    }

    /** Reads one record of one of its topics. @return whether there was one */
    public boolean readOne(Random dice) {
        int first = dice.nextInt(3);
        boolean any = readOne(first) || readOne((first + 1) % 3) || readOne((first + 2) % 3);
        changed |= any;
        return any;
    }

    public void commit() {
        if (changed) committed = state.copy();
        changed = false;
        untold.forEach(Runnable::run);
        untold.clear();
    }

    /** A target as it was committed; null: there was none. What another life may not come to again is never shown. */
    @Nullable
    Target target(String name) {
        return (showsUncommitted() ? state : committed).targets.get(name);
    }

    public void crash() {
        ground.tally().count("materialize crash");
        state = committed.copy();
        changed = false;
        untold.clear();
        unreadLog = topics.log().last();
        unreadOutcomes = topics.outcomes().end();
        unreadAcks = topics.acks().end();
    }

    /** Whether it may be asked: not while it catches up after a crash. */
    public boolean serves() {
        return !unreadLog.isAfter(state.logPosition)
                && state.outcomesPosition >= unreadOutcomes
                && state.acksPosition >= unreadAcks;
    }

    /** Purges deletes past the horizon, and superseded rows of the mapping past their retention. */
    public void expire() {
        changed = true;
        long nowMs = ground.clock().nowMs();
        CloudSeq to = CloudSeq.NONE;
        for (var delete : state.deletes.entrySet())
            if (delete.getValue() < nowMs - Limits.HORIZON_MS) to = delete.getKey();
        List<CloudSeq> purged = state.index.purge(to);
        state.purged.addAll(purged);
        if (!purged.isEmpty()) ground.tally().count("purged");
        state.head = state.head.withHorizon(state.index.horizon());
        // Days, where a restart takes seconds: what a restarted task reads again finds the mapping as it was.
        if (serves()) dropSuperseded(nowMs - Limits.MAPPING_MS);
    }

    /**
     * What was read and may have to be read again. It is never compacted: topologies commit many times a second, the compaction lag
     * is hours. What was never read may be: there is no bound on how far behind Materialize may be.
     */
    LogTopic.Span uncommitted() {
        return new LogTopic.Span(committed.logPosition, read);
    }

    /** Committed, so that whoever reads the log may rely on it. */
    CloudSeq publishedHorizon() {
        return committed.head.horizon();
    }

    public boolean isIdle() {
        return state.logPosition.equals(topics.log().last())
                && state.outcomesPosition == topics.outcomes().end()
                && state.acksPosition == topics.acks().end();
    }

    private boolean readOne(int topic) {
        return switch (topic) {
            case 0 -> readRecord();
            case 1 -> readOutcome();
            default -> readTargetEvent();
        };
    }

    private boolean readRecord() {
        LogTopic.Committed next = topics.log().after(state.logPosition).orElse(null);
        if (next == null) return false;
        LogRecord record = next.record();
        RecordMeta meta = record.change().meta();
        state.logPosition = record.seq();
        if (record.seq().isAfter(read)) read = record.seq();
        if (!meta.epoch().equals(state.head.epoch())) OutcomeRules.enterEpoch(meta.epoch(), state);
        Violation.unless(
                record.ordinal().isAfter(state.head.ordinal()),
                Invariant.PROGRESS,
                () -> "Materialize has stopped: " + record.ordinal() + " after " + state.head.ordinal());
        state.index.add(record);
        state.records.put(record.ordinal(), new MaterializeState.Row(record.logged(), next.timeMs()));
        if (meta.op() == ChangeOp.DELETE) state.deletes.put(record.seq(), next.timeMs());
        state.head = new Head(
                meta.epoch(), record.seq(), record.ordinal(), meta.count(), meta.digest(), state.head.horizon());
        unpark();
        extend(record.logged());
        return true;
    }

    private void unpark() {
        while (!state.parked.isEmpty() && !state.parked.get(0).headOrdinal().isAfter(state.head.ordinal()))
            answer(state.parked.remove(0));
    }

    private void extend(LoggedRecord record) {
        if (record.applyWhere() || record.origins().isEmpty()) return;
        state.targets.computeIfPresent(
                record.origins().get(0).replica(), (name, target) -> unified.extended(target, state));
    }

    private boolean readOutcome() {
        if (state.outcomesPosition == topics.outcomes().end()) return false;
        BatchOutcome outcome = topics.outcomes().at(state.outcomesPosition++);
        if (outcome.headOrdinal().isAfter(state.head.ordinal())) state.parked.add(outcome);
        else answer(outcome);
        return true;
    }

    private void answer(BatchOutcome outcome) {
        if (!outcome.replica().replica().isEmpty()) {
            List<MappedOrigin> mapped = outcomes.taken(outcome, state);
            listener.answered(outcome, mapped, state.head);
        } else if (state.head.ordinal().equals(outcome.headOrdinal())) {
            OutcomeRules.enterEpoch(outcome.epoch(), state);
        }
    }

    private boolean readTargetEvent() {
        if (state.acksPosition == topics.acks().end()) return false;
        int offset = state.acksPosition++;
        TargetEvent event = topics.acks().at(offset);
        Target before = state.targets.get(event.target());
        Targets.Decision decision = Targets.decide(
                event,
                before,
                state.head,
                state.lastIncarnations.get(event.target()),
                topics.acks().timeMs(offset));
        if (decision instanceof Targets.Decision.Stored stored) {
            Target after = unified.extended(stored.target(), state);
            state.targets.put(event.target(), after);
            decision = new Targets.Decision.Stored(after);
        }
        Targets.Decision told = decision;
        if (showsUncommitted()) listener.decided(event, told);
        else untold.add(() -> listener.decided(event, told));
        return true;
    }

    private boolean showsUncommitted() {
        return ground.simplification() == Simplification.TARGETS_SHOWN_UNCOMMITTED;
    }

    private void dropSuperseded(long untilMs) {
        state.records.values().removeIf(row -> row.timeMs() < untilMs && isSuperseded(row.record()));
    }

    private boolean isSuperseded(LoggedRecord record) {
        boolean isLatest = state.index.rows().stream().map(ChangeIndex.Row::seq).anyMatch(record.seq()::equals);
        return !isLatest && !record.ordinal().equals(state.head.ordinal());
    }
}
