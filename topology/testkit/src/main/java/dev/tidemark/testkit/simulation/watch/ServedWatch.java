package dev.tidemark.testkit.simulation.watch;

import dev.tidemark.algebra.EntityPath;
import dev.tidemark.algebra.Hashes;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.Cursor;
import dev.tidemark.model.Digest;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Ordinal;
import dev.tidemark.testkit.ChangeIndex;
import dev.tidemark.testkit.LogRecord;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;

/** Sees every page and every answer before it leaves: L6, L7, L9; and tells L5 what was seen. */
public final class ServedWatch {
    private final LogWatch watch;

    public ServedWatch(LogWatch watch) {
        this.watch = watch;
    }

    /** @param purged every delete that a page can no longer show */
    public void page(Cursor from, PageRules.Page<ChangeIndex.Row> page, NavigableSet<CloudSeq> purged) {
        CloudSeq held = from.floor().isAfter(from.seq()) ? from.floor() : from.seq();
        Violation.unless(
                purged.higher(held) == null,
                Invariant.L9_EXPIRY,
                () -> "a page was cut from " + from + " although the delete of " + purged.higher(held) + " is purged");
        for (ChangeIndex.Row row : page.rows()) committed(row.record());
        seq(page.cursor().ordinal(), page.cursor().seq());
        if (page.hasMore()) return;
        Violation.unless(
                digestAt(page.cursor().seq()).equals(page.digest()),
                Invariant.L7_DIGEST,
                () -> "the digest of a last page is not that of the project at "
                        + page.cursor().seq().value());
    }

    /** An answer names the seq of an ordinal. */
    public void seq(Ordinal ordinal, CloudSeq seq) {
        List<LogRecord> records = watch.log().records();
        boolean isThere = ordinal.value() <= records.size();
        CloudSeq known = isThere && !ordinal.isNone()
                ? records.get((int) ordinal.value() - 1).seq()
                : CloudSeq.NONE;
        Violation.unless(
                isThere && seq.equals(known), Invariant.L6_COMMITTED, () -> ordinal + " was reported at " + seq);
        watch.seen(seq);
    }

    private void committed(LogRecord record) {
        List<LogRecord> records = watch.log().records();
        boolean isThere = record.ordinal().value() <= records.size();
        Violation.unless(
                isThere && records.get((int) record.ordinal().value() - 1).equals(record),
                Invariant.L6_COMMITTED,
                () -> record.seq() + " was shown and is not committed");
    }

    private Digest digestAt(CloudSeq seq) {
        Map<EntityId, Digest> live = new HashMap<>();
        for (LogRecord record : watch.log().records()) {
            if (record.seq().isAfter(seq)) break;
            String image = record.image();
            if (image == null) live.remove(record.id());
            else live.put(record.id(), Hashes.entry(EntityPath.of(record.id()), Hashes.image(image)));
        }
        return live.values().stream().reduce(Digest.ZERO, Digest::plus);
    }
}
