package dev.tidemark.testkit;

import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One batch, one mutation after the other, on running images. What has changed is written when the batch ends, or before an
 * apply_where, which needs the log to be as far as it is and writes its own records right behind each other.
 */
final class ReferenceBatch {
    private final ReferenceModel model;
    private final MutationBatch batch;
    private final Map<EntityId, Running> group = new LinkedHashMap<>();
    private final List<Applied> applied = new ArrayList<>();
    private final Map<Long, Outcome> outcomes = new LinkedHashMap<>();
    private final List<Mutation> firstTime = new ArrayList<>();

    ReferenceBatch(ReferenceModel model, MutationBatch batch) {
        this.model = model;
        this.batch = batch;
    }

    /** An entity within the batch. */
    private static final class Running {
        private final @Nullable Map<String, String> before;
        private @Nullable Map<String, String> now;
        private long version;
        private final List<Origin> origins = new ArrayList<>();
        private @Nullable String occurredAt;

        Running(@Nullable Map<String, String> before, long version) {
            this.before = before;
            this.now = before;
            this.version = version;
        }

        boolean isNetChange() {
            return !Objects.equals(before, now);
        }
    }

    /** A mutation that was neither rejected nor in conflict, until it is known what is written. */
    private record Applied(long localSeq, EntityId id, boolean effective, long versionAfter) {}

    /** Outcomes in the order of the batch. */
    List<Outcome> apply() {
        for (Mutation mutation : batch.mutations()) decide(mutation);
        closeGroup();
        for (Mutation mutation : firstTime)
            model.decide(
                    origin(mutation),
                    new ReferenceModel.Decided(
                            ReferenceRules.body(mutation), Objects.requireNonNull(outcomes.get(mutation.localSeq()))));
        return batch.mutations().stream()
                .map(mutation -> Objects.requireNonNull(outcomes.get(mutation.localSeq())))
                .toList();
    }

    private void decide(Mutation mutation) {
        ReferenceModel.Decided known = model.decided(origin(mutation));
        if (known != null) {
            boolean same = known.body().equals(ReferenceRules.body(mutation));
            answer(same ? known.outcome().asDuplicate() : conflict(mutation, Reason.ORIGIN_REUSED));
            return;
        }
        if (mutation.localSeq() <= model.floor(batch.replica())) {
            answer(rejected(mutation, Reason.BELOW_WINDOW));
            return;
        }
        firstTime.add(mutation);
        Reason reason = ReferenceRules.refusal(mutation);
        if (reason != null) answer(rejected(mutation, reason));
        else if (mutation.ops().get(0) instanceof Op.ApplyWhere where) fanOut(mutation, where);
        else applyToOne(mutation);
    }

    private void applyToOne(Mutation mutation) {
        EntityId id = new EntityId(
                batch.replica().project(),
                Objects.requireNonNull(mutation.entity()),
                Objects.requireNonNull(mutation.key()));
        Running running = group.getOrDefault(id, running(id));
        if (mutation.baseVersion() != null && !isAt(mutation.baseVersion(), id, running)) {
            answer(conflict(mutation, Reason.STALE_BASE));
            return;
        }
        try {
            Map<String, String> after = ReferenceOps.apply(mutation.ops(), mutation.create(), running.now);
            note(mutation, id, running, after);
        } catch (ReferenceOps.Rejected e) {
            answer(rejected(mutation, e.reason()));
        }
    }

    /** 0 says that the entity is not there; any other version that it was last written, or deleted, with that. */
    private boolean isAt(long baseVersion, EntityId id, Running running) {
        if (running.now == null && baseVersion == 0) return true;
        boolean everWritten = model.entity(id) != null || !running.origins.isEmpty();
        return everWritten && baseVersion == running.version;
    }

    private void note(Mutation mutation, EntityId id, Running running, @Nullable Map<String, String> after) {
        boolean effective = !Objects.equals(running.now, after);
        if (effective) {
            group.put(id, running);
            running.now = after;
            running.version++;
            running.origins.add(origin(mutation));
            if (mutation.occurredAt() != null) running.occurredAt = mutation.occurredAt();
        }
        applied.add(new Applied(mutation.localSeq(), id, effective, running.version));
    }

    private Running running(EntityId id) {
        ReferenceEntity entity = model.entity(id);
        return new Running(entity == null ? null : entity.fields(), model.version(id));
    }

    /** One record for each entity that is not what it was before, in order of first change. */
    private void closeGroup() {
        group.forEach((id, running) -> {
            if (running.isNetChange())
                model.write(
                        id,
                        running.now,
                        new ReferenceModel.Carried(running.version, running.origins, false, running.occurredAt));
        });
        for (Applied mutation : applied) answer(outcome(mutation));
        group.clear();
        applied.clear();
    }

    private Outcome outcome(Applied mutation) {
        Running running = group.get(mutation.id());
        ReferenceEntity entity = model.entity(mutation.id());
        Ordinal ordinal = entity == null ? model.head() : entity.ordinal();
        boolean written = running != null && running.isNetChange();
        if (written && mutation.effective())
            return new Outcome(
                    mutation.localSeq(),
                    Outcome.Kind.ACCEPTED,
                    false,
                    ordinal,
                    ordinal,
                    mutation.versionAfter(),
                    null,
                    null);
        long version = written ? mutation.versionAfter() : entity == null ? 0 : entity.version();
        return new Outcome(mutation.localSeq(), Outcome.Kind.UNCHANGED, false, ordinal, ordinal, version, null, null);
    }

    private void fanOut(Mutation mutation, Op.ApplyWhere where) {
        closeGroup();
        answer(new ReferenceFanOut(model, mutation, where, origin(mutation)).apply());
    }

    private void answer(Outcome outcome) {
        outcomes.put(outcome.localSeq(), outcome);
    }

    private Origin origin(Mutation mutation) {
        return batch.replica().origin(mutation.localSeq());
    }

    private static Outcome rejected(Mutation mutation, Reason reason) {
        return without(mutation, Outcome.Kind.REJECTED, reason);
    }

    private static Outcome conflict(Mutation mutation, Reason reason) {
        return without(mutation, Outcome.Kind.CONFLICT, reason);
    }

    private static Outcome without(Mutation mutation, Outcome.Kind kind, Reason reason) {
        return new Outcome(mutation.localSeq(), kind, false, Ordinal.NONE, Ordinal.NONE, 0, reason, null);
    }
}
