/** Everyone outside of the backbone: replicas that follow semantics section 6, a source, readers, readers of the raw log. */
@NullMarked
package dev.tidemark.testkit.simulation.party;

import org.jspecify.annotations.NullMarked;
