package dev.tidemark.testkit.simulation;

import dev.tidemark.algebra.Image;
import dev.tidemark.algebra.client.Advance;
import dev.tidemark.algebra.client.PulledPage;
import dev.tidemark.algebra.client.PushAnswer;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Ordinal;
import dev.tidemark.model.Origin;
import dev.tidemark.model.Outcome;
import dev.tidemark.testkit.LogRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the gateway makes of outcomes and records for a replica. */
final class Answers {
    private Answers() {}

    /** @param log every record, so that the one of ordinal n is at n - 1 */
    static PushAnswer of(BatchOutcome outcome, List<LogRecord> log, @Nullable Advance advance) {
        List<PushAnswer.Result> results =
                outcome.outcomes().stream().map(each -> result(each, log)).toList();
        return new PushAnswer(outcome.epoch(), results, advance);
    }

    static @Nullable Advance advance(Cursor from, Cursor to, List<LoggedRecord> records) {
        if (records.isEmpty()) return null;
        return new Advance(from, to, records.stream().map(Answers::step).toList());
    }

    static PulledPage.Row row(LogRecord record) {
        String image = record.image();
        return new PulledPage.Row(record.id(), record.seq(), image == null ? null : Image.ofCanonical(image));
    }

    private static PushAnswer.Result result(Outcome outcome, List<LogRecord> log) {
        return new PushAnswer.Result(
                outcome.localSeq(), outcome.kind(), seqOf(outcome.ordinal(), log), outcome.reason());
    }

    private static CloudSeq seqOf(Ordinal ordinal, List<LogRecord> log) {
        return ordinal.isNone()
                ? CloudSeq.NONE
                : log.get((int) ordinal.value() - 1).seq();
    }

    private static Advance.Step step(LoggedRecord record) {
        List<Long> localSeqs = record.origins().stream().map(Origin::localSeq).toList();
        return new Advance.Step(record.id(), record.seq(), record.hash(), localSeqs);
    }
}
