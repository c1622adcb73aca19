/** Micro benchmarks of the pure parts; {@code tidemark bench jmh} runs them. */
@NullMarked
package dev.tidemark.bench.jmh;

import org.jspecify.annotations.NullMarked;
