package dev.tidemark.bench.chaos.evidence;

import dev.tidemark.model.Cursor;

/**
 * A unified cursor as it was shown to its target.
 *
 * @param copied how far the target's copy went when it asked
 */
public record Shown(Party party, long generation, Cursor unified, long copied) {
    /** A target and its incarnation. */
    public record Party(String target, String incarnation) {}
}
