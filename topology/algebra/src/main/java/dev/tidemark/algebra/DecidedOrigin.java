package dev.tidemark.algebra;

import dev.tidemark.model.Outcome;
import java.util.Arrays;

/** One origin's outcome and the hash of the body it was given for. Equal by content. */
public record DecidedOrigin(Outcome outcome, byte[] body) implements OriginRun.Entry {
    @Override
    public long localSeq() {
        return outcome.localSeq();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DecidedOrigin that && outcome.equals(that.outcome) && Arrays.equals(body, that.body);
    }

    @Override
    public int hashCode() {
        return outcome.hashCode();
    }
}
