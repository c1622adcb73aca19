/** What every part of a simulated run stands on: the clock, the network, what is being simplified, what has happened. */
@NullMarked
package dev.tidemark.testkit.simulation.ground;

import org.jspecify.annotations.NullMarked;
