package dev.tidemark.algebra.client;

import dev.tidemark.model.Reason;

/** What an edit did. */
public sealed interface EditStep {
    <T> T match(Cases<T> cases);

    /** One answer per variant, so that a new one breaks every caller. */
    interface Cases<T> {
        T queued(Queued step);

        T refused(Refused step);
    }

    /** It is in the outbox under that local seq. */
    record Queued(long localSeq) implements EditStep {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.queued(this);
        }
    }

    /** It would always be rejected, so it was not taken. */
    record Refused(Reason reason) implements EditStep {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.refused(this);
        }
    }
}
