/** Brings a cluster to the state the topologies need, and says what is not so, before either of them starts. */
@NullMarked
package dev.tidemark.topology.provision;

import org.jspecify.annotations.NullMarked;
