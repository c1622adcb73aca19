/** Comparison of the local state with the cluster before the first record (semantics, section 7). */
@NullMarked
package dev.tidemark.topology.fence;

import org.jspecify.annotations.NullMarked;
