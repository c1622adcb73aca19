/**
 * A server and its replicas on a network that loses, delays, repeats and reorders, driven by one seed; L4, L7 and
 * convergence are asserted all the time. Start at {@link dev.tidemark.testkit.simulation.Simulation}.
 */
@NullMarked
package dev.tidemark.testkit.simulation;

import org.jspecify.annotations.NullMarked;
