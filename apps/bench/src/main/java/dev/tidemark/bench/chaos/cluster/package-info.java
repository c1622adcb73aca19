/** The servers of a run as child processes, and what is done to them. */
@NullMarked
package dev.tidemark.bench.chaos.cluster;

import org.jspecify.annotations.NullMarked;
