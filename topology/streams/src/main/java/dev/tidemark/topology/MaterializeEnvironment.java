package dev.tidemark.topology;

import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.topology.store.PendingTargets;
import dev.tidemark.wire.WireCodec;
import java.time.Duration;

/**
 * What Materialize's processors need from outside.
 *
 * @param pending told of every target that changes; whoever runs the topology tells it of commits ({@link CommitTellingClients})
 */
public record MaterializeEnvironment(
        WireCodec codec,
        Cluster cluster,
        ClusterIdentity identity,
        Keeping keeping,
        int messageBytesMax,
        PendingTargets pending,
        MaterializeListener listener) {
    /**
     * How long what is kept.
     *
     * @param horizon how long a deleted entity's tombstone is shown to readers who were away
     * @param mapping how long superseded records and settled origins stay in the mapping
     * @param compactionLag how old a record is at least before the log may lose it to compaction
     * @param every how often what has expired is looked for
     */
    public record Keeping(Duration horizon, Duration mapping, Duration compactionLag, Duration every) {
        public static final Keeping DEFAULT =
                new Keeping(Duration.ofDays(30), Duration.ofDays(30), Duration.ofDays(7), Duration.ofSeconds(30));
    }
}
