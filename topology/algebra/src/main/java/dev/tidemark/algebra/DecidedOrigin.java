package dev.tidemark.algebra;

import dev.tidemark.model.Outcome;
import java.util.Arrays;

/**
 * One origin's outcome and the hash of the body it was given for. Equal by content.
 *
 * @param body zeros: not known
 */
public record DecidedOrigin(Outcome outcome, byte[] body) implements OriginRun.Entry {
    /** No hash of any body, as far as SHA-256 can be trusted. */
    private static final byte[] BODY_UNKNOWN = new byte[Hashes.BODY_BYTES];

    /** Rebuilt from the mapping, which has no bodies. */
    public static DecidedOrigin ofUnknownBody(Outcome outcome) {
        return new DecidedOrigin(outcome, BODY_UNKNOWN.clone());
    }

    /** Whether the mutation may be the one that was decided: a body that is not known is taken for the same. */
    boolean mayBe(PreparedMutation mutation) {
        return Arrays.equals(body, BODY_UNKNOWN) || mutation.hasBody(body);
    }

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
