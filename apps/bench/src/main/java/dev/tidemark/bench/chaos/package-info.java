/** A load on servers that are killed and paused all the time, and a checker of what was seen meanwhile. */
@NullMarked
package dev.tidemark.bench.chaos;

import org.jspecify.annotations.NullMarked;
