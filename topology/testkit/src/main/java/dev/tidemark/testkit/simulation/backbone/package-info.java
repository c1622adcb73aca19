/**
 * Kafka, both topologies and the gateway as they are seen from the outside, over the real algebra: what is read committed, what a
 * crash takes back, what compaction and expiry remove.
 */
@NullMarked
package dev.tidemark.testkit.simulation.backbone;

import org.jspecify.annotations.NullMarked;
