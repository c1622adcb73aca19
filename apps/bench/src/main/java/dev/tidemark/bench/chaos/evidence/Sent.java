package dev.tidemark.bench.chaos.evidence;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Origin;

/**
 * One mutation as it was pushed, however often.
 *
 * @param batch which of its replica's batches it was in, from 0
 */
public record Sent(Origin origin, int batch, Mutation mutation) {}
