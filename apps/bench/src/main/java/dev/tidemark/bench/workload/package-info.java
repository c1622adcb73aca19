/** What is pushed: made-up entities, in an order that depends on the seed alone. */
@NullMarked
package dev.tidemark.bench.workload;

import org.jspecify.annotations.NullMarked;
