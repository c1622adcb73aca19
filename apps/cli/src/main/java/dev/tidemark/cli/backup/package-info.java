/** A data directory as one file, and back: what {@code backup} and {@code restore} do to files. */
@NullMarked
package dev.tidemark.cli.backup;

import org.jspecify.annotations.NullMarked;
