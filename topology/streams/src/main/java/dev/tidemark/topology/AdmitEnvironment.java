package dev.tidemark.topology;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.fence.ClusterIdentity;
import dev.tidemark.wire.WireCodec;

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
        AdmitListener listener) {}
