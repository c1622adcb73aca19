package dev.tidemark.bench.chaos.evidence;

import org.jspecify.annotations.Nullable;

/**
 * One change as a reader saw it.
 *
 * @param path of the entity
 * @param hash as served; null where it is a delete
 * @param computed from the payload; null where it is a delete
 */
public record Row(
        long seq,
        String path,
        @Nullable String hash,
        @Nullable String computed) {}
