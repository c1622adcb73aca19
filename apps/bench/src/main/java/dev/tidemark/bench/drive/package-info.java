/** How it is driven: drains, pushes at a rate or as fast as they go, pulls. */
@NullMarked
package dev.tidemark.bench.drive;

import org.jspecify.annotations.NullMarked;
