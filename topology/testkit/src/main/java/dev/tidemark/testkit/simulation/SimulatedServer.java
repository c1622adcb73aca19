package dev.tidemark.testkit.simulation;

import dev.tidemark.algebra.client.PulledPage;
import dev.tidemark.algebra.client.PushAnswer;
import dev.tidemark.algebra.client.PushRequest;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.testkit.LogRecord;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A server of one project as replicas see it, and what only a test may look at. Every call is done when it returns. */
public interface SimulatedServer {
    /** @return empty: the whole batch was refused */
    Optional<PushAnswer> push(PushRequest request);

    /**
     * @param from null: a full read from the beginning
     * @return empty: the cursor is expired
     */
    Optional<PulledPage> pull(@Nullable Cursor from, int rowsMax);

    /** The replica is a target from its first ack on. */
    void ack(ReplicaId target, Cursor cursor);

    /** Purges deletes at or below the seq, as retention does. */
    void purge(CloudSeq to);

    /** @return empty: it never acked */
    Optional<Cursor> unified(ReplicaId target);

    /** Every record there ever was. */
    List<LogRecord> log();

    /** Canonical images of the live entities. */
    Map<EntityId, String> images();

    /** The first outcome of an origin. */
    Optional<Outcome> outcome(Origin origin);
}
