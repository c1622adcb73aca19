package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.EntityState;
import dev.tidemark.algebra.Query;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.RecordMeta;
import dev.tidemark.testkit.simulation.watch.Written;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How far an apply_where in chunks has come.
 *
 * @param after path behind which it goes on
 * @param first ordinal of its first record, or where it began
 * @param last ordinal of its last record, or where it began
 */
record FanOutProgress(Arrival.Batch arrival, String after, Ordinal first, Ordinal last, int changed) {
    static FanOutProgress begun(Arrival.Batch arrival, Ordinal head) {
        return new FanOutProgress(arrival, "", head, head, 0);
    }

    Mutation mutation() {
        return arrival.batch().mutations().get(0);
    }

    Op.ApplyWhere where() {
        return (Op.ApplyWhere) mutation().ops().get(0);
    }

    String name() {
        return arrival.batch().replica().replica() + "." + mutation().localSeq();
    }

    boolean matches(@Nullable EntityState state) {
        return state != null
                && state.image() != null
                && Query.parse(where().query()).matches(state.image());
    }

    FanOutProgress at(String path, List<EntityChange> changes) {
        if (changes.isEmpty()) return new FanOutProgress(arrival, path, first, last, changed);
        Ordinal now = changes.get(0).meta().ordinal();
        return new FanOutProgress(arrival, path, changed == 0 ? now : first, now, changed + 1);
    }

    Written decided(Epoch epoch) {
        Outcome.Kind kind = changed == 0 ? Outcome.Kind.UNCHANGED : Outcome.Kind.ACCEPTED;
        Outcome outcome = new Outcome(
                mutation().localSeq(), kind, false, last, first, 0, null, new Outcome.FanOut(changed, changed, 0));
        return new Written.Admitted(
                arrival.batch(),
                List.of(),
                new BatchOutcome(
                        arrival.batch().replica(), epoch, arrival.requestId(), null, last, -1, List.of(outcome)));
    }

    EntityChange carriedBy(EntityChange change) {
        RecordMeta meta = change.meta();
        RecordMeta carried = new RecordMeta(
                meta.epoch(),
                meta.ordinal(),
                meta.op(),
                meta.version(),
                meta.hash(),
                meta.digest(),
                meta.count(),
                meta.bucketDigest(),
                meta.bucketCount(),
                List.of(arrival.batch().replica().origin(mutation().localSeq())),
                true,
                meta.occurredAt());
        return new EntityChange(change.id(), carried, change.image());
    }
}
