package dev.tidemark.testkit;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.CloudSeq;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.EntityId;
import dev.tidemark.model.Epoch;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Policy;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What the algebra made of batches: the log with its seqs, and every answer in order. */
final class Committed {
    private final AlgebraModel algebra;
    private final List<LogRecord> log = new ArrayList<>();
    private final List<BatchOutcome> answers = new ArrayList<>();

    Committed() {
        this(Policy.DEFAULT, AdmitLimits.DEFAULT);
    }

    Committed(Policy policy, AdmitLimits limits) {
        algebra = new AlgebraModel(new Epoch(1), policy, limits);
    }

    static Committed of(List<MutationBatch> batches) {
        Committed committed = new Committed();
        batches.forEach(committed::push);
        return committed;
    }

    BatchOutcome push(MutationBatch batch) {
        AlgebraModel.Pushed pushed = algebra.push(batch);
        for (EntityChange change : pushed.changes()) log.add(new LogRecord(nextSeq(), change));
        answers.add(pushed.outcome());
        return pushed.outcome();
    }

    AlgebraModel algebra() {
        return algebra;
    }

    List<LogRecord> log() {
        return log;
    }

    List<BatchOutcome> answers() {
        return answers;
    }

    Map<EntityId, String> images() {
        return imagesAfter(log);
    }

    /** Canonical images of the live entities after those records. */
    static Map<EntityId, String> imagesAfter(List<LogRecord> records) {
        Map<EntityId, String> images = new HashMap<>();
        records.forEach(record -> apply(record, images));
        return images;
    }

    static void apply(LogRecord record, Map<EntityId, String> images) {
        if (record.image() == null) images.remove(record.id());
        else images.put(record.id(), record.image());
    }

    /** Sparse, and the same for the same log. */
    private CloudSeq nextSeq() {
        long last = log.isEmpty() ? -1 : log.get(log.size() - 1).seq().value();
        return new CloudSeq(last + 1 + log.size() % 3);
    }
}
