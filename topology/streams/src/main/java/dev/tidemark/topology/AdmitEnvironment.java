package dev.tidemark.topology;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.wire.WireCodec;
import java.time.Duration;

/**
 * What Admit's processors need from outside.
 *
 * @param messageBytesMax largest record the topics take; what is larger is truncated in dead letters
 */
public record AdmitEnvironment(
        WireCodec codec,
        Cluster cluster,
        ClusterIdentity identity,
        AdmitLimits limits,
        int messageBytesMax,
        Pruning pruning,
        AdmitListener listener) {
    /**
     * How long Admit remembers what is gone.
     *
     * @param horizon after it a deleted entity's row goes; its version goes into the project's version floor
     * @param every how often such rows are looked for
     */
    public record Pruning(Duration horizon, Duration every) {
        public static final Pruning DEFAULT = new Pruning(Duration.ofDays(30), Duration.ofSeconds(30));
    }
}
