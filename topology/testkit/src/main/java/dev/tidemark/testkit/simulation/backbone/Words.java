package dev.tidemark.testkit.simulation.backbone;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Outcome;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Short words for a printed schedule. */
public final class Words {
    private Words() {}

    public static String of(MutationBatch batch) {
        return batch.replica().replica() + "/" + batch.replica().incarnation()
                + batch.mutations().stream().map(Words::of).collect(Collectors.joining(", ", " [", "]"))
                + (batch.follows() == null ? "" : " follows " + batch.follows());
    }

    public static String of(Mutation mutation) {
        String where = mutation.key() == null ? "" : mutation.entity() + "/" + mutation.key() + " ";
        return mutation.localSeq() + " " + where + mutation.ops();
    }

    public static String of(BatchOutcome outcome) {
        if (outcome.refusal() != null) return outcome.refusal().code();
        return outcome.outcomes().stream().map(Words::of).collect(Collectors.joining(", "));
    }

    public static String of(@Nullable Cursor cursor) {
        if (cursor == null) return "the beginning";
        return "seq " + cursor.seq().value() + (cursor.complete() ? " complete" : "") + " of epoch "
                + cursor.epoch().bits();
    }

    private static String of(Outcome outcome) {
        String why = outcome.reason() == null
                ? " at ordinal " + outcome.ordinal().value()
                : " " + outcome.reason().code();
        return outcome.localSeq() + " " + outcome.code() + why;
    }
}
