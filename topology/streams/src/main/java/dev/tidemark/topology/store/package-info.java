/** Typed views of the RocksDB stores of one task. */
@NullMarked
package dev.tidemark.topology.store;

import org.jspecify.annotations.NullMarked;
