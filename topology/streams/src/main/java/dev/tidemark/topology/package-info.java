/**
 * The two Kafka Streams topologies: Admit, the only writer of the log, and Materialize, which reads it back and builds what is
 * served. Wiring and settings; the rules themselves are in the algebra. Step 2 to 5 of the main path.
 */
@NullMarked
package dev.tidemark.topology;

import org.jspecify.annotations.NullMarked;
