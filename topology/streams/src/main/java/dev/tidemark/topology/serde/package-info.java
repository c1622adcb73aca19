/** Keys of the stores, and the bytes of rows: what all rows share, and the rows of Admit, which are words of the algebra. */
@NullMarked
package dev.tidemark.topology.serde;

import org.jspecify.annotations.NullMarked;
