/** Bytes of store rows and keys. */
@NullMarked
package dev.tidemark.topology.serde;

import org.jspecify.annotations.NullMarked;
