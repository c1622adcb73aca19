/**
 * The {@code tidemark} command. Top rung of the ladder: the only place that has a main, reads the environment and exits.
 *
 * <p>{@link dev.tidemark.cli.Tidemark} hands over to one class per command in {@code command}; what they are made of lies
 * beside it: {@code config} (where a setting comes from), {@code client} (HTTP), {@code push} (mutations in),
 * {@code read} (changes out), {@code embedded} (Kafka in this process).
 */
@NullMarked
package dev.tidemark.cli;

import org.jspecify.annotations.NullMarked;
