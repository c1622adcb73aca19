/**
 * What Tidemark decides, as pure functions: canonical text, paths, hashes, images, queries, cursors. Second rung of the
 * ladder: it knows the model and bytes, and neither Kafka nor a clock nor a log file.
 */
@NullMarked
package dev.tidemark.algebra;

import org.jspecify.annotations.NullMarked;
