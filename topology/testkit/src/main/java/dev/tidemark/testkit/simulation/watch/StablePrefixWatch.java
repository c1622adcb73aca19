package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.model.CloudSeq;
import dev.tidemark.testkit.LogRecord;

/** L5: no new record at or below a seq that somebody has seen, and seqs rise with ordinals. */
final class StablePrefixWatch {
    private CloudSeq seen = CloudSeq.NONE;

    void seen(CloudSeq seq) {
        if (seq.isAfter(seen)) seen = seq;
    }

    void check(CommittedLog before, LogRecord record) {
        Violation.unless(
                record.seq().isAfter(seen) && record.seq().isAfter(before.headSeq()),
                Invariant.L5_STABLE_PREFIX,
                () -> "a record appeared at " + record.seq().value() + ", seen was " + seen.value());
        Violation.unless(
                record.ordinal().value() == before.records().size() + 1L,
                Invariant.L5_STABLE_PREFIX,
                () -> "ordinal " + record.ordinal().value() + " after "
                        + before.records().size());
    }
}
