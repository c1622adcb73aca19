/**
 * The backbone proven: a seeded simulation of everything between a replica's outbox and a reader's copy. A seed gives a {@link
 * dev.tidemark.testkit.simulation.Schedule}, which is data; {@link dev.tidemark.testkit.simulation.Simulation} carries it out over
 * the real algebra while {@link dev.tidemark.testkit.simulation.watch} looks on; what fails is made shorter by {@link
 * dev.tidemark.testkit.simulation.Shrinker}.
 */
@NullMarked
package dev.tidemark.testkit.simulation;

import org.jspecify.annotations.NullMarked;
