/**
 * Rebuilds what the two topologies keep, from what is left, while neither of them runs (semantics, section 7). State is written as
 * rows of fresh changelogs, the row of the fence last, so that a repair that did not end is refused as the loss was, and can begin
 * again.
 */
@NullMarked
package dev.tidemark.topology.repair;

import org.jspecify.annotations.NullMarked;
