package dev.tidemark.algebra;

import dev.tidemark.model.Policy;
import dev.tidemark.model.ReplicaId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What admission reads of one project's state as it was before the batch. Reads only; never changes while it is used. */
public interface AdmitView {
    ProjectHead head();

    Policy policy();

    BucketState bucket(int bucket);

    /** Live entities of a type. */
    long countOf(String entity);

    /** @return null: never seen, or pruned */
    @Nullable
    EntityState entity(String path);

    /** @return {@link ReplicaState#NEW} if never seen */
    ReplicaState replica(ReplicaId replica);

    /** The run with the highest first local seq at or below that one; null: none. */
    @Nullable
    OriginRun<DecidedOrigin> runAtOrBelow(ReplicaId replica, long localSeq);

    /** The run of the replica with the lowest first local seq above that one, -1 for the oldest; null: none. */
    @Nullable
    RunSpan runAbove(ReplicaId replica, long first);

    /** Paths whose filterable field had the value, possibly more, at most {@code limit}. */
    List<String> pathsByField(String entity, String field, String value, int limit);

    /** Paths of live entities of a type, at most {@code limit}. */
    List<String> pathsOfType(String entity, int limit);
}
