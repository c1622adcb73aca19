package dev.tidemark.algebra;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.model.Refusal;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Admits one batch: drops retries by origin, applies the mutations one at a time, and decides one record per changed entity
 * (semantics, sections 2 to 4). Invariants: a rejected mutation leaves no trace (L1); an origin that has an outcome gets no
 * other (L2); the records of an apply_where are contiguous (L10), so one closes the group of entities before it; what is held
 * in memory has a bound whatever the images, for a batch may be carried out in parts (L1).
 *
 * <p>Used for one batch and thrown away.
 */
public final class Admission {
    /** What a record needs beside key, image and origins: field tags, digests, hashes, counts, the time. */
    private static final int META_BYTES = 320;

    private static final int ORIGIN_BYTES = 16;

    private final MutationBatch batch;
    private final AdmitLimits limits;
    private final Epoch epoch;
    private final AdmitView view;
    private final OriginLedger ledger;
    private final Outcome[] outcomes;
    private final byte[][] bodies;
    private final Map<String, PendingEntity> group = new LinkedHashMap<>();
    /** Of the images of the group, before and now. */
    private long groupChars;

    private ProjectWriter writer;

    /** @param epoch of the project's present generation */
    public Admission(MutationBatch batch, Epoch epoch, AdmitView view, AdmitLimits limits) {
        this.batch = batch;
        this.epoch = epoch;
        this.view = view;
        this.limits = limits;
        this.writer = new ProjectWriter(batch.replica().project(), epoch, view);
        this.ledger = new OriginLedger(batch.replica(), view);
        this.outcomes = new Outcome[batch.mutations().size()];
        this.bodies = new byte[outcomes.length][];
    }

    /**
     * Decides the batch.
     *
     * @param requestId of whoever waits for the outcome
     * @param parts is given what a batch of very large images has done so far, and must carry it out at once: the view shows it
     *     afterwards
     */
    public AdmitDecision decide(@Nullable String requestId, Consumer<ProjectWrites> parts) {
        Refusal refusal = refusal();
        return refusal != null ? refused(refusal, requestId) : admitted(requestId, parts);
    }

    private @Nullable Refusal refusal() {
        if (writer.head().life() == ProjectHead.Life.DELETING) return Refusal.PROJECT_DELETING;
        Long follows = batch.follows();
        return follows != null && !ledger.isDecided(follows) ? Refusal.OUT_OF_ORDER : null;
    }

    private AdmitDecision refused(Refusal refusal, @Nullable String requestId) {
        BatchOutcome outcome = new BatchOutcome(
                batch.replica(),
                writer.epoch(),
                requestId,
                refusal,
                writer.head().ordinal(),
                -1,
                List.of());
        return decision(outcome, null);
    }

    private AdmitDecision admitted(@Nullable String requestId, Consumer<ProjectWrites> parts) {
        writer.open();
        boolean[] fresh = new boolean[outcomes.length];
        for (int i = 0; i < outcomes.length; i++) {
            fresh[i] = admit(i, PreparedMutation.of(batch.mutations().get(i)));
            if (groupChars + writer.chars() > limits.partCharsMax()) endPart(parts);
        }
        flush();
        for (int i = 0; i < outcomes.length; i++)
            if (fresh[i]) ledger.decide(new DecidedOrigin(outcomes[i], bodies[i]));
        ReplicaState replica = ledger.after(batch.ackedThrough(), batch.firstLocalSeq(), limits.originsKept());
        long floor = replica != null
                ? replica.floor()
                : view.replica(batch.replica()).floor();
        BatchOutcome outcome = new BatchOutcome(
                batch.replica(),
                writer.epoch(),
                requestId,
                null,
                writer.head().ordinal(),
                floor,
                Arrays.asList(outcomes));
        return decision(outcome, replica);
    }

    private AdmitDecision decision(BatchOutcome outcome, @Nullable ReplicaState replica) {
        return new AdmitDecision(writer.writes(), outcome, batch.replica(), replica, ledger.runs(), ledger.dropped());
    }

    /** The batch goes on as if the rest of it had been pushed as another one. */
    private void endPart(Consumer<ProjectWrites> parts) {
        flush();
        parts.accept(writer.writes());
        writer = new ProjectWriter(batch.replica().project(), epoch, view);
    }

    /** @return whether this is the mutation's first decision, to be kept */
    private boolean admit(int index, PreparedMutation mutation) {
        bodies[index] = mutation.body();
        DecidedOrigin known = ledger.find(mutation.localSeq());
        if (known != null) {
            outcomes[index] = known.mayBe(mutation)
                    ? known.outcome().asDuplicate()
                    : conflict(mutation.localSeq(), Reason.ORIGIN_REUSED);
            return false;
        }
        if (ledger.isBelowWindow(mutation.localSeq())) {
            outcomes[index] = rejected(mutation.localSeq(), Reason.BELOW_WINDOW, null);
            return false;
        }
        Reason refused = mutation.refused();
        if (refused != null) outcomes[index] = rejected(mutation.localSeq(), refused, null);
        else if (mutation.applyWhere() != null) applyWhere(index, mutation);
        else applyToOne(index, mutation.mutation());
        return true;
    }

    private void applyToOne(int index, Mutation mutation) {
        PendingEntity pending = pending(mutation);
        Long base = mutation.baseVersion();
        if (base != null && !pending.isAt(base)) {
            outcomes[index] = conflict(mutation.localSeq(), Reason.STALE_BASE);
            return;
        }
        Applied applied = Ops.apply(mutation, pending.image());
        Reason refused = applied.refused();
        if (refused == null && !fits(pending.path, applied.after(), pending.effectiveTouches() + 1))
            refused = Reason.IMAGE_TOO_LARGE;
        if (refused != null) outcomes[index] = rejected(mutation.localSeq(), refused, null);
        else touch(pending, index, mutation, applied.after());
    }

    private void touch(PendingEntity pending, int index, Mutation mutation, @Nullable Image after) {
        groupChars += chars(after) - chars(pending.image());
        pending.touch(index, origin(mutation), after, mutation.occurredAt());
    }

    private static long chars(@Nullable Image image) {
        return image == null ? 0 : image.canonical().length();
    }

    private PendingEntity pending(Mutation mutation) {
        ReplicaId replica = batch.replica();
        EntityId id = new EntityId(replica.project(), notNull(mutation.entity()), notNull(mutation.key()));
        return group.computeIfAbsent(EntityPath.of(id), path -> begun(path, id));
    }

    private PendingEntity begun(String path, EntityId id) {
        PendingEntity begun =
                new PendingEntity(path, id, writer.entity(path), writer.head().versionFloor());
        groupChars += 2 * chars(begun.image());
        return begun;
    }

    private void applyWhere(int index, PreparedMutation mutation) {
        flush();
        FanOutPlan plan = FanOutPlan.of(mutation, writer, limits);
        Reason refused = plan.refused();
        if (refused != null) {
            outcomes[index] = rejected(mutation.localSeq(), refused, new Outcome.FanOut(0, 0, 0));
            return;
        }
        Ordinal before = writer.head().ordinal();
        int skipped = plan.skipped();
        int changed = 0;
        for (FanOutPlan.Change change : plan.changes()) {
            if (!fits(change.path(), change.after(), 1)) {
                skipped++;
                continue;
            }
            writer.add(
                    change.path(),
                    change.id(),
                    change.after(),
                    change.version(),
                    List.of(origin(mutation.mutation())),
                    new ProjectWriter.Cause(true, mutation.mutation().occurredAt()));
            changed++;
        }
        outcomes[index] = fannedOut(mutation.localSeq(), before, new Outcome.FanOut(plan.matched(), changed, skipped));
    }

    private Outcome fannedOut(long localSeq, Ordinal before, Outcome.FanOut counts) {
        Ordinal last = writer.head().ordinal();
        boolean changed = counts.changed() > 0;
        return new Outcome(
                localSeq,
                changed ? Outcome.Kind.ACCEPTED : Outcome.Kind.UNCHANGED,
                false,
                last,
                changed ? before.next() : last,
                0,
                null,
                counts);
    }

    /** Writes the record of every entity of the group, in order of first change, and settles its mutations. */
    private void flush() {
        List<PendingEntity> all = new ArrayList<>(group.values());
        List<PendingEntity> changed = new ArrayList<>(all);
        changed.removeIf(pending -> pending.firstEffectiveIndex() < 0);
        changed.sort((a, b) -> Integer.compare(a.firstEffectiveIndex(), b.firstEffectiveIndex()));
        for (PendingEntity pending : changed) pending.write(writer);
        for (PendingEntity pending : all) pending.answer(writer, outcomes);
        group.clear();
        groupChars = 0;
    }

    private Origin origin(Mutation mutation) {
        return batch.replica().origin(mutation.localSeq());
    }

    /** Whether the record as written, uncompressed, header and all origins included, stays within the limit. */
    private boolean fits(String path, @Nullable Image after, int origins) {
        ReplicaId replica = batch.replica();
        int originBytes = ORIGIN_BYTES
                + replica.replica().length()
                + replica.incarnation().length();
        long rest = META_BYTES + 3L * path.length() + (long) origins * originBytes;
        if (after == null) return rest <= limits.recordBytesMax();
        String image = after.canonical();
        if (rest + 3L * image.length() <= limits.recordBytesMax()) return true;
        return rest + Utf8.length(image) <= limits.recordBytesMax();
    }

    private static Outcome rejected(long localSeq, Reason reason, Outcome.@Nullable FanOut counts) {
        return new Outcome(localSeq, Outcome.Kind.REJECTED, false, Ordinal.NONE, Ordinal.NONE, 0, reason, counts);
    }

    private static Outcome conflict(long localSeq, Reason reason) {
        return new Outcome(localSeq, Outcome.Kind.CONFLICT, false, Ordinal.NONE, Ordinal.NONE, 0, reason, null);
    }

    private static String notNull(@Nullable String checked) {
        if (checked == null) throw new IllegalStateException("a prepared mutation has an entity and a key");
        return checked;
    }
}
