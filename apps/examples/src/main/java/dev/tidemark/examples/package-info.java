/**
 * Three small programs to copy from: a producer that writes to Kafka directly, an app on the log, one that asks over HTTP. Top
 * rung of the ladder, beside the other apps; nothing of Tidemark uses it.
 */
@NullMarked
package dev.tidemark.examples;

import org.jspecify.annotations.NullMarked;
