package dev.tidemark.bench.chaos.evidence;

import dev.tidemark.model.Origin;

/**
 * What a server said became of a mutation: on a push, or when asked for the mapping at the end.
 *
 * @param outcome as in the contract; {@code duplicate} where it was decided before
 * @param seq -1 where there is none
 * @param reason empty where there is none
 */
public record Answer(Origin origin, String outcome, long seq, String reason) {
    /** Neither what was rejected nor in conflict. */
    public boolean isTaken() {
        return outcome.equals("accepted") || outcome.equals("unchanged") || outcome.equals("duplicate");
    }
}
