/** Processors: load state, call the algebra, store the next state, forward. */
@NullMarked
package dev.tidemark.topology.processor;

import org.jspecify.annotations.NullMarked;
