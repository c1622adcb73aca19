/** A lean HTTP client: one thread, one request in flight on each connection; what it takes is not what is measured. */
@NullMarked
package dev.tidemark.bench.http;

import org.jspecify.annotations.NullMarked;
