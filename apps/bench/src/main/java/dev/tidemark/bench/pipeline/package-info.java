/** What is measured: Tidemark, and the bare topologies beside it, behind one interface. */
@NullMarked
package dev.tidemark.bench.pipeline;

import org.jspecify.annotations.NullMarked;
