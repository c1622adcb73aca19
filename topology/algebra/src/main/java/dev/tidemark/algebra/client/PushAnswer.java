package dev.tidemark.algebra.client;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A 200 to a push, as received: nothing of it is believed yet.
 *
 * @param head of the project, when every record that the results speak of had been read
 * @param advance null: the server gave none
 */
public record PushAnswer(
        Place head, List<Result> results, @Nullable Advance advance) {
    public PushAnswer {
        results = List.copyOf(results);
    }

    /** Where the log reflects a mutation: at its record, or, where that is not known, at the latest at the head. */
    Place placeOf(Result result) {
        return result.seq.isNone() ? head : new Place(head.epoch(), result.seq);
    }

    /**
     * The outcome of one mutation.
     *
     * @param kind for a duplicate the kind that was decided first, or accepted where that is not told
     * @param seq {@link CloudSeq#NONE} where there is none, or compaction took the record before anybody read it
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
                case ACCEPTED, UNCHANGED -> reason == null;
                case REJECTED, CONFLICT -> reason != null;
            };
        }
    }
}
