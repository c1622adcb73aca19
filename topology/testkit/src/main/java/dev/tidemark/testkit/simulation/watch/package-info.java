/** What is always watched while a simulated run goes on: an invariant a class, each named after the law it stands for. */
@NullMarked
package dev.tidemark.testkit.simulation.watch;

import org.jspecify.annotations.NullMarked;
