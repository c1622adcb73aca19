package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Op;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.model.Reason;
import dev.tidemark.testkit.LogRecord;
import dev.tidemark.testkit.ReferenceModel;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The reference model is told what Admit was told, and must have written and answered the same. Of a source that folds it is told
 * the ops before the fold (L1).
 */
final class ModelWatch {
    private final ReferenceModel model;
    private final Map<Origin, Mutation> meant = new HashMap<>();

    ModelWatch(ReferenceModel model) {
        this.model = model;
    }

    /** @param unfolded what a mutation stands for that was folded before it was pushed */
    void mean(Origin origin, Mutation unfolded) {
        meant.put(origin, unfolded);
    }

    void check(Written written) {
        int before = model.log().size();
        if (written instanceof Written.Admitted admitted) check(admitted, before);
        if (written instanceof Written.Pruned pruned) model.prune(pruned.id());
        if (written instanceof Written.DeletionBegun) model.beginDeletion();
        if (written instanceof Written.Deleted deleted) {
            model.deleteSome(deleted.records().size());
            same(Invariant.MODEL, from(before), changes(deleted.records()));
        }
        if (written instanceof Written.DeletionEnded ended) model.endDeletion(ended.next());
    }

    private void check(Written.Admitted admitted, int before) {
        MutationBatch batch = admitted.batch();
        MutationBatch told = new MutationBatch(
                batch.replica(),
                batch.ackedThrough(),
                batch.follows(),
                batch.mutations().stream()
                        .map(each -> meant.getOrDefault(batch.replica().origin(each.localSeq()), each))
                        .toList());
        BatchOutcome expected = model.push(told);
        Invariant invariant = lawOf(batch, told);
        same(invariant, from(before), changes(admitted.records()));
        same(invariant, expected.refusal() + " " + expected.headOrdinal(), refusalOf(admitted.outcome()));
        for (int i = 0; i < expected.outcomes().size(); i++)
            check(
                    admitted.outcome(),
                    admitted.outcome().outcomes().get(i),
                    expected.outcomes().get(i));
    }

    private static String refusalOf(BatchOutcome outcome) {
        return outcome.refusal() + " " + outcome.headOrdinal();
    }

    /** The reference model forgets no outcome; at or below the floor Admit may. */
    private static void check(BatchOutcome batch, Outcome actual, Outcome expected) {
        boolean isForgotten = actual.reason() == Reason.BELOW_WINDOW && actual.localSeq() <= batch.floor();
        if (!isForgotten) same(Invariant.MODEL, expected, actual);
    }

    private static Invariant lawOf(MutationBatch batch, MutationBatch told) {
        if (!batch.equals(told)) return Invariant.L1_FOLD;
        boolean fansOut = batch.mutations().stream().anyMatch(each -> each.ops().get(0) instanceof Op.ApplyWhere);
        return fansOut ? Invariant.L10_FAN_OUT : Invariant.MODEL;
    }

    private List<EntityChange> from(int first) {
        return changes(model.log().subList(first, model.log().size()));
    }

    private static List<EntityChange> changes(List<LogRecord> records) {
        return records.stream().map(LogRecord::change).toList();
    }

    private static void same(Invariant invariant, Object expected, Object actual) {
        Violation.unless(expected.equals(actual), invariant, () -> "expected " + expected + ", was " + actual);
    }
}
