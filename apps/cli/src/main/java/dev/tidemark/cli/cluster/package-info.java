/** A Kafka cluster and a schema registry as whoever runs Tidemark on them has to prepare and check them. */
@NullMarked
package dev.tidemark.cli.cluster;

import org.jspecify.annotations.NullMarked;
