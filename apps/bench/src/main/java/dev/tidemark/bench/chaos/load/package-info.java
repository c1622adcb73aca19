/** Whoever pushes and reads while servers die: replicas, readers over HTTP, a stream, a raw reader of the log. */
@NullMarked
package dev.tidemark.bench.chaos.load;

import org.jspecify.annotations.NullMarked;
