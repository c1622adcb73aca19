package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.LogRecord;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * L8: first outcomes of a replica rise in local seq within an epoch; so do the origins that an entity's records carry. What was
 * decided before its project was deleted, and arrives again afterwards, counts as a new push wherever it comes.
 */
final class OrderWatch {
    private record Of(Epoch epoch, ReplicaId replica) {}

    private record OfEntity(Of of, EntityId id) {}

    private final Map<Of, Long> decided = new HashMap<>();
    private final Map<OfEntity, Long> carried = new HashMap<>();
    private final Map<EntityId, Long> versions = new HashMap<>();
    private final Set<ReplicaId> shared = new HashSet<>();
    private final Map<Origin, Epoch> firstEpochs = new HashMap<>();

    /** Two stores push under it, each in its own order. */
    void share(ReplicaId replica) {
        shared.add(replica);
    }

    void check(LogRecord record) {
        long version = record.change().meta().version();
        Long before = versions.put(record.id(), version);
        Violation.unless(
                before == null || version > before,
                Invariant.L8_ORDER,
                () -> record.id() + " went from version " + before + " to " + version);
        for (Origin origin : record.change().meta().origins()) {
            ReplicaId replica = new ReplicaId(record.id().project(), origin.replica(), origin.incarnation());
            Of of = new Of(record.change().meta().epoch(), replica);
            if (isFirstEpoch(origin, of.epoch))
                rise(carried.put(new OfEntity(of, record.id()), origin.localSeq()), origin.localSeq(), replica);
        }
    }

    void decided(BatchOutcome batch, Outcome first) {
        Of of = new Of(batch.epoch(), batch.replica());
        if (isFirstEpoch(batch.replica().origin(first.localSeq()), of.epoch))
            rise(decided.put(of, first.localSeq()), first.localSeq(), batch.replica());
    }

    private boolean isFirstEpoch(Origin origin, Epoch epoch) {
        Epoch first = firstEpochs.putIfAbsent(origin, epoch);
        return first == null || first.equals(epoch);
    }

    private void rise(Long before, long now, ReplicaId replica) {
        Violation.unless(
                before == null || now > before || shared.contains(replica),
                Invariant.L8_ORDER,
                () -> replica + ": " + now + " took effect after " + before);
    }
}
