package dev.tidemark.algebra;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Outcome;

/**
 * An origin's outcome with the cloud seqs that Admit could not know: the mapping.
 *
 * @param seq of the outcome's ordinal; {@link CloudSeq#NONE} if there is none, or it is no longer known
 * @param firstSeq of the outcome's first ordinal
 */
public record MappedOrigin(Outcome outcome, CloudSeq seq, CloudSeq firstSeq) implements OriginRun.Entry {
    @Override
    public long localSeq() {
        return outcome.localSeq();
    }
}
