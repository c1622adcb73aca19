package dev.tidemark.testkit;

import dev.tidemark.algebra.Query;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** An apply_where on the log as it is now: every entity that matches is found before the first is changed. */
final class ReferenceFanOut {
    private final ReferenceModel model;
    private final Mutation mutation;
    private final Op.ApplyWhere where;
    private final Origin origin;
    private Ordinal first = Ordinal.NONE;
    private int changed;
    private int skipped;

    ReferenceFanOut(ReferenceModel model, Mutation mutation, Op.ApplyWhere where, Origin origin) {
        this.model = model;
        this.mutation = mutation;
        this.where = where;
        this.origin = origin;
    }

    Outcome apply() {
        List<EntityId> ofType = model.live(where.entity());
        if (!isFilterable() && ofType.size() > model.settings().scanMax()) return rejected(Reason.FIELD_NOT_FILTERABLE);
        List<EntityId> matching = ofType.stream().filter(this::matches).toList();
        if (matching.size() > model.settings().fanOutMax()) return rejected(Reason.FANOUT_LIMIT);
        matching.forEach(this::applyTo);
        Outcome.Kind kind = changed == 0 ? Outcome.Kind.UNCHANGED : Outcome.Kind.ACCEPTED;
        Outcome.FanOut counts = new Outcome.FanOut(matching.size(), changed, skipped);
        Ordinal from = changed == 0 ? model.head() : first;
        return new Outcome(mutation.localSeq(), kind, false, model.head(), from, 0, null, counts);
    }

    private Outcome rejected(Reason reason) {
        Outcome.FanOut none = new Outcome.FanOut(0, 0, 0);
        return new Outcome(
                mutation.localSeq(), Outcome.Kind.REJECTED, false, Ordinal.NONE, Ordinal.NONE, 0, reason, none);
    }

    private boolean isFilterable() {
        return Query.parse(where.query()).terms().stream()
                .anyMatch(term -> model.settings()
                        .policy()
                        .filterableFields(where.entity())
                        .contains(term.field()));
    }

    private boolean matches(EntityId id) {
        return ReferenceRules.matches(where.query(), fields(id));
    }

    private void applyTo(EntityId id) {
        Map<String, String> before = fields(id);
        try {
            Map<String, String> after = ReferenceOps.apply(where.ops(), mutation.create(), before);
            if (Objects.equals(before, after)) return;
            Ordinal ordinal = model.write(
                    id,
                    after,
                    new ReferenceModel.Carried(model.version(id) + 1, List.of(origin), true, mutation.occurredAt()));
            if (changed++ == 0) first = ordinal;
        } catch (ReferenceOps.Rejected e) {
            skipped++;
        }
    }

    private Map<String, String> fields(EntityId id) {
        return Objects.requireNonNull(Objects.requireNonNull(model.entity(id)).fields());
    }
}
