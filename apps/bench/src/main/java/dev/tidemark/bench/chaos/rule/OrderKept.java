package dev.tidemark.bench.chaos.rule;

import dev.tidemark.bench.chaos.evidence.Evidence;
import dev.tidemark.bench.chaos.evidence.Page;
import dev.tidemark.bench.chaos.evidence.Row;
import dev.tidemark.bench.chaos.evidence.Sent;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.Origin;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * L8: batches of a replica take effect in the order pushed, and so do its mutations of one entity; versions of an entity and ordinals
 * only rise, the latter by one; no reader is shown a row out of order.
 */
final class OrderKept implements Rule {
    private record Line(String replica, String incarnation, String path) {
        static Line of(Origin origin, String path) {
            return new Line(origin.replica(), origin.incarnation(), path);
        }
    }

    @Override
    public String law() {
        return "L8";
    }

    @Override
    public List<String> contradictions(Evidence evidence) {
        List<String> found = new ArrayList<>(inLog(evidence));
        for (Page page : evidence.served().pages()) {
            long last = page.after();
            for (Row row : page.rows()) {
                if (row.seq() <= last) found.add(page.reader() + " was shown " + row.seq() + " after " + last);
                last = Math.max(last, row.seq());
            }
        }
        return found;
    }

    private static List<String> inLog(Evidence evidence) {
        List<String> found = new ArrayList<>();
        Map<Line, Long> localSeqs = new HashMap<>();
        Map<Line, Long> batches = new HashMap<>();
        Map<String, Long> versions = new HashMap<>();
        long ordinal = 0;
        for (Map.Entry<Long, EntityChange> record : evidence.log().whole().entrySet()) {
            EntityChange change = record.getValue();
            String path = Superseded.pathOf(change);
            String at = "at " + record.getKey() + " ";
            if (change.meta().ordinal().value() != ++ordinal)
                found.add(at + "the ordinal is " + change.meta().ordinal().value() + ", not " + ordinal);
            ordinal = change.meta().ordinal().value();
            Long version = versions.put(path, change.meta().version());
            if (version != null && version >= change.meta().version())
                found.add(at + path + " has version " + change.meta().version() + " after " + version);
            for (Origin origin : change.meta().origins()) {
                Long before = localSeqs.put(Line.of(origin, path), origin.localSeq());
                if (before != null && before >= origin.localSeq()) found.add(at + origin + " came after " + before);
                Sent sent = evidence.pushed().sent().get(origin);
                Long batch = sent == null ? null : batches.put(Line.of(origin, ""), (long) sent.batch());
                if (sent != null && batch != null && batch > sent.batch())
                    found.add(at + origin + " of batch " + sent.batch() + " came after batch " + batch);
            }
        }
        return found;
    }
}
