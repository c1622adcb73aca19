package dev.tidemark.algebra.client;

import dev.tidemark.model.ReplicaId;
import java.util.List;

/** What the answer to a push did. */
public sealed interface AnswerStep {
    <T> T match(Cases<T> cases);

    /** One answer per variant, so that a new one breaks every caller. */
    interface Cases<T> {
        T ignored(Ignored step);

        T taken(Taken step);

        T cloneFound(CloneFound step);
    }

    /** Nothing was changed; the same mutations are pushed again. */
    record Ignored(Why why) implements AnswerStep {
        @Override
        public <T> T match(Cases<T> cases) {
            return cases.ignored(this);
        }
    }

    /** Why an answer is not believed. */
    enum Why {
        /** Its request is no longer the one under way. */
        LATE,
        /** Its results do not match the request in count, local seqs or form. */
        MISMATCH
    }

    /**
     * Every mutation of the request is decided.
     *
     * @param undone to be shown to the user
     * @param advance whether the base and the cursor moved by it
     */
    record Taken(List<Undone> undone, AdvanceUse advance) implements AnswerStep {
        public Taken {
            undone = List.copyOf(undone);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.taken(this);
        }
    }

    /** What became of the advance of an answer. */
    enum AdvanceUse {
        /** The answer had none. */
        NONE,
        /** The cursor is now where it leads. */
        USED,
        /** It does not fit this copy; pulling gives the same. */
        IGNORED
    }

    /** This store is a clone. What was undecided is renumbered under the new incarnation, and a full read has begun. */
    record CloneFound(ReplicaId now, List<Undone> undone) implements AnswerStep {
        public CloneFound {
            undone = List.copyOf(undone);
        }

        @Override
        public <T> T match(Cases<T> cases) {
            return cases.cloneFound(this);
        }
    }
}
