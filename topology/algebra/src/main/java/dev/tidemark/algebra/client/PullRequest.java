package dev.tidemark.algebra.client;

import dev.tidemark.model.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Where to pull from now.
 *
 * @param from null: a full read from the beginning
 * @param fullRead number of the full read that this copy began last: two of them begin at the same place, but an answer to the
 *     earlier would take the base back behind what it was acked for
 */
public record PullRequest(@Nullable Cursor from, int fullRead) {}
