package dev.tidemark.topology.repair;

import dev.tidemark.topology.Names;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.fence.FenceRow;
import dev.tidemark.topology.fence.FenceRows;
import dev.tidemark.topology.serde.Keys;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The rows that a fence looks for. The sentinel is the first row of every changelog, so that state that was kept somewhere else
 * never gets it; what the state belongs to is the last, so that a rebuild that did not end is no state at all.
 */
record FenceWriter(ClusterIdentity identity, Map<String, String> changelogIds) {
    void begin(RowSink rows) {
        changelogIds.forEach((store, id) -> rows.put(store, Keys.SENTINEL, FenceRows.sentinel(id)));
    }

    /** @param last record of the log on that partition; null: it has none */
    void end(RowSink rows, Cluster.@Nullable LastRecord last) {
        rows.put(Names.ADMIT_FENCE, FenceRows.LAST, last == null ? null : FenceRows.last(last));
        FenceRow row = new FenceRow(identity.logTopicId(), identity.partitions(), changelogIds);
        rows.put(Names.ADMIT_FENCE, FenceRows.IDENTITY, FenceRows.fence(row));
    }
}
