package dev.tidemark.algebra.client;

import dev.tidemark.model.Cursor;
import dev.tidemark.model.MutationBatch;
import org.jspecify.annotations.Nullable;

/**
 * What to send now; already marked sent.
 *
 * @param batch from the oldest undecided mutation on
 * @param cursor the replica's own position, so that the answer can carry an advance; null: it has none
 * @param neverSentFrom local seqs from here on were never sent before this request
 */
public record PushRequest(MutationBatch batch, @Nullable Cursor cursor, long neverSentFrom) {
    boolean isFirstSending(long localSeq) {
        return localSeq >= neverSentFrom;
    }
}
