/** Typed views of the RocksDB stores of one task, and the rows that Materialize keeps. */
@NullMarked
package dev.tidemark.topology.store;

import org.jspecify.annotations.NullMarked;
