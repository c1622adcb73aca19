/** Kafka in this process, and the directory that keeps what it and the stores write. */
@NullMarked
package dev.tidemark.cli.embedded;

import org.jspecify.annotations.NullMarked;
