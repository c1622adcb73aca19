/**
 * Mutations in: {@link dev.tidemark.cli.push.LineSource} gives lines, {@link dev.tidemark.cli.push.MutationLines} makes them
 * fit to send, {@link dev.tidemark.cli.push.Pusher} sends them in order, one request at a time, until each has an outcome
 * (semantics, section 6, steps 2 and 3).
 */
@NullMarked
package dev.tidemark.cli.push;

import org.jspecify.annotations.NullMarked;
