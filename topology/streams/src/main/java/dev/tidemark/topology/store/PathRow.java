package dev.tidemark.topology.store;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Hash;
import org.jspecify.annotations.Nullable;

/**
 * Where an entity's last record stands.
 *
 * @param hash of its image; null: deleted
 */
public record PathRow(CloudSeq seq, @Nullable Hash hash) {}
