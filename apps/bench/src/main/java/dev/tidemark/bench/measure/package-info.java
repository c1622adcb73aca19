/** What is written down while it runs, and what is made of it: percentiles, spreads, footprints. */
@NullMarked
package dev.tidemark.bench.measure;

import org.jspecify.annotations.NullMarked;
