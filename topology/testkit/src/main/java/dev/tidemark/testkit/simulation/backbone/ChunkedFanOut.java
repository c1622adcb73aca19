package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.PreparedMutation;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.Origin;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.AlgebraModel;
import dev.tidemark.testkit.LogRecord;
import dev.tidemark.testkit.simulation.watch.Written;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The simplification: an apply_where goes through the index one entity at a time, with whatever else arrives in between. It is
 * carried out as mutations of a replica nobody has, whose records then carry the origin of the apply_where.
 */
final class ChunkedFanOut {
    private static final int TURNS_PER_CHUNK = 4;

    private final Set<Origin> taken = new HashSet<>();
    private @Nullable FanOutProgress progress;
    private final Set<Origin> committedTaken = new HashSet<>();
    private @Nullable FanOutProgress committedProgress;
    private int turns;

    boolean isUnderWay() {
        return progress != null;
    }

    /** Whether it goes on now: between two chunks other arrivals have their turns. */
    boolean takesTurn() {
        return progress != null && ++turns % TURNS_PER_CHUNK == 0;
    }

    /** Takes the batch if it is one apply_where, nobody waits for its outcome, and none is under way. */
    boolean begins(Arrival.Batch arrival, AlgebraModel state) {
        MutationBatch batch = arrival.batch();
        Mutation mutation = batch.mutations().get(0);
        boolean alone = batch.mutations().size() == 1 && arrival.requestId() == null;
        if (progress != null || !alone || !(mutation.ops().get(0) instanceof Op.ApplyWhere)) return false;
        if (PreparedMutation.of(mutation).refused() != null) return false;
        if (state.replica(batch.replica()).max() >= mutation.localSeq()) return false;
        if (!taken.add(batch.replica().origin(mutation.localSeq()))) return false;
        progress = FanOutProgress.begun(arrival, state.head().ordinal());
        turns = TURNS_PER_CHUNK - 2;
        return true;
    }

    /** What is left of a batch without what was taken; empty: nothing. */
    Optional<MutationBatch> without(MutationBatch batch) {
        List<Mutation> rest = batch.mutations().stream()
                .filter(each -> !taken.contains(batch.replica().origin(each.localSeq())))
                .toList();
        if (rest.size() == batch.mutations().size()) return Optional.of(batch);
        return rest.isEmpty()
                ? Optional.empty()
                : Optional.of(new MutationBatch(batch.replica(), batch.ackedThrough(), null, rest));
    }

    /** The next entity that matches now; if there is none, the outcome. */
    Written step(AlgebraModel state, Function<List<EntityChange>, List<LogRecord>> placed) {
        FanOutProgress now = Objects.requireNonNull(progress);
        Optional<String> next = state.pathsOfType(now.where().entity(), Integer.MAX_VALUE).stream()
                .filter(path -> path.compareTo(now.after()) > 0)
                .filter(path -> now.matches(state.entity(path)))
                .findFirst();
        if (next.isEmpty()) {
            progress = null;
            return now.decided(state.epoch());
        }
        EntityId id = EntityPath.parse(next.get());
        Mutation one = new Mutation(
                1,
                id.entity(),
                id.key(),
                now.mutation().create(),
                null,
                null,
                now.where().ops());
        ReplicaId nobody = new ReplicaId(id.project(), "chunk", now.name() + "." + next.get());
        List<EntityChange> changes = state.push(new MutationBatch(nobody, null, null, List.of(one))).changes().stream()
                .map(now::carriedBy)
                .toList();
        progress = now.at(next.get(), changes);
        return new Written.Chunk(placed.apply(changes));
    }

    void commit() {
        committedTaken.addAll(taken);
        committedProgress = progress;
    }

    void crash() {
        taken.retainAll(committedTaken);
        progress = committedProgress;
    }
}
