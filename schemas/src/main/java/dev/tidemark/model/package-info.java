/**
 * What Tidemark speaks of, as records and sealed types: origins, mutations, ops, outcomes, records of the log, cursors,
 * targets. Bottom rung of the ladder: nothing here knows Kafka, bytes on the wire or stores.
 */
@NullMarked
package dev.tidemark.model;

import org.jspecify.annotations.NullMarked;
