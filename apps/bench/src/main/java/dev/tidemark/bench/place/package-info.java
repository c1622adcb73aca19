/** Where it runs: temporary directories, ports and child processes that do not outlive the run. */
@NullMarked
package dev.tidemark.bench.place;

import org.jspecify.annotations.NullMarked;
