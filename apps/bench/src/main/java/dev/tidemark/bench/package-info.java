/** Measures Tidemark beside bare Kafka Streams on the same machine in the same run; the top of the ladder, used by nobody. */
@NullMarked
package dev.tidemark.bench;

import org.jspecify.annotations.NullMarked;
