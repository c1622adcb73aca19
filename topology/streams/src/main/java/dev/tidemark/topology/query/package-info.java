/** What is served: reads of the Materialize stores, from outside the stream threads. */
@NullMarked
package dev.tidemark.topology.query;

import org.jspecify.annotations.NullMarked;
