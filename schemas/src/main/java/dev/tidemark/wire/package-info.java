/**
 * Records of the contract as bytes: Avro in the Confluent wire format, and the schemas and ids behind it. Bottom rung of
 * the ladder, first and last step of the main path. The classes that Avro generates stay in here; everybody else speaks
 * {@link dev.tidemark.model}.
 */
@NullMarked
package dev.tidemark.wire;

import org.jspecify.annotations.NullMarked;
