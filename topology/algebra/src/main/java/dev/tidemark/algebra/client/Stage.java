package dev.tidemark.algebra.client;

/** How far a mutation of the outbox has come. Only a {@link New} one may still be edited, folded or dropped. */
public sealed interface Stage {
    /** Whether its outcome is not known yet. */
    boolean isUndecided();

    /** It has never left. */
    record New() implements Stage {
        @Override
        public boolean isUndecided() {
            return true;
        }
    }

    /** It may have left. */
    record Sent() implements Stage {
        @Override
        public boolean isUndecided() {
            return true;
        }
    }

    /** The log reflects it at that place. It stays in the overlay until the base does too. */
    record Settled(Place place) implements Stage {
        @Override
        public boolean isUndecided() {
            return false;
        }
    }
}
