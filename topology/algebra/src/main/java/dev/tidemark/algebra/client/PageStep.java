package dev.tidemark.algebra.client;

import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;

/** What a page did. */
public sealed interface PageStep {
    <T> T match(Cases<T> cases);

    /** One answer per variant, so that a new one breaks every caller. */
    interface Cases<T> {
        T dropped(Dropped step);

        T broken(Broken step);

        T applied(Applied step);

        T caughtUp(CaughtUp step);

        T differs(Differs step);
    }

    /** It does not answer what this copy would pull now; nothing was changed. */
    record Dropped() implements PageStep {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.dropped(this);
        }
    }

    /** Protocol error; nothing was changed. */
    record Broken(PulledPage.Fault fault) implements PageStep {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.broken(this);
        }
    }

    /** It is in the base; there is more to pull from {@code cursor}. */
    record Applied(Cursor cursor) implements PageStep {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.applied(this);
        }
    }

    /** It is in the base, which is now the project at {@code cursor}, as far as a digest was given. */
    record CaughtUp(Cursor cursor) implements PageStep {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.caughtUp(this);
        }
    }

    /** It is in the base, but the base is not the project at {@code cursor}. A full read mends it. */
    record Differs(Cursor cursor, Digest expected, Digest actual) implements PageStep {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.differs(this);
        }
    }
}
