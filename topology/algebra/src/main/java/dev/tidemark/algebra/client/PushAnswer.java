package dev.tidemark.algebra.client;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 200 to a push, as received: nothing of it is believed yet.
 *
 * @param epoch of the project's head
 * @param advance null: the server gave none
 */
public record PushAnswer(
        Epoch epoch, List<Result> results, @Nullable Advance advance) {
    public PushAnswer {
        results = List.copyOf(results);
    }

    /**
     * The outcome of one mutation.
     *
     * @param kind for a duplicate the kind that was decided first, or accepted where that is not told
     * @param seq {@link CloudSeq#NONE} where there is none
     * @param reason of a rejection or conflict
     */
    public record Result(
            long localSeq,
            Outcome.Kind kind,
            CloudSeq seq,
            @Nullable Reason reason) {
        /** Whether it says all that its kind must say. */
        boolean isWhole() {
            return switch (kind) {
                case ACCEPTED -> reason == null && !seq.isNone();
                case UNCHANGED -> reason == null;
                case REJECTED, CONFLICT -> reason != null;
            };
        }
    }
}
