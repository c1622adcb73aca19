package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.client.ReplicaCopy;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a crash leaves of a replica, with what the watch has to know of it.
 *
 * @param completeAt highest complete cursor of this epoch
 * @param epoch of the cursors; null: there is none yet
 * @param held cursors that it could have acked, in this epoch
 */
record Durable(
        ReplicaCopy copy, CloudSeq completeAt, @Nullable Epoch epoch, List<Cursor> held) {
    static Durable empty(ReplicaId id) {
        return new Durable(new ReplicaCopy(id), CloudSeq.NONE, null, List.of());
    }

    Durable restarted() {
        return new Durable(copy.restarted(), completeAt, epoch, held);
    }

    /** After the cursor moved. */
    Durable at(Cursor cursor) {
        boolean isNewEpoch = !cursor.epoch().equals(epoch);
        List<Cursor> all = new ArrayList<>(isNewEpoch ? List.of() : held);
        if (!all.contains(cursor)) all.add(cursor);
        CloudSeq before = isNewEpoch ? CloudSeq.NONE : completeAt;
        boolean isFurther = cursor.complete() && cursor.seq().isAfter(before);
        return new Durable(copy, isFurther ? cursor.seq() : before, cursor.epoch(), all);
    }
}
