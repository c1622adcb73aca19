package dev.tidemark.topology;

import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.topic.TopicCatalogue;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import org.apache.kafka.streams.test.TestRecord;

/** Admit and Materialize of one partition; what Admit commits is read back when a test says so. */
final class Pipeline implements AutoCloseable {
    private final AdmitDriver admit;
    private final MaterializeDriver materialize;
    private final Deque<TestRecord<byte[], byte[]>> log = new ArrayDeque<>();
    private final Deque<TestRecord<byte[], byte[]>> outcomes = new ArrayDeque<>();

    Pipeline(Path stateDir) {
        this.admit = new AdmitDriver(stateDir.resolve("admit"));
        this.materialize = new MaterializeDriver(stateDir.resolve("materialize"));
    }

    AdmitDriver admit() {
        return admit;
    }

    MaterializeDriver materialize() {
        return materialize;
    }

    /** Admits a batch; nothing of it is read back yet. */
    BatchOutcome admit(MutationBatch batch) {
        admit.pipe(TopicCatalogue.MUTATIONS, Driver.utf8(batch.replica().project()), Driver.CODEC.encodeBatch(batch));
        take();
        return Driver.CODEC.decodeOutcome(outcomes.getLast().value());
    }

    /** Takes what Admit has written since. */
    void take() {
        log.addAll(admit.written(TopicCatalogue.LOG));
        outcomes.addAll(admit.written(TopicCatalogue.OUTCOMES));
    }

    TestRecord<byte[], byte[]> nextLog() {
        return log.remove();
    }

    TestRecord<byte[], byte[]> nextOutcome() {
        return outcomes.remove();
    }

    void readLog() {
        while (!log.isEmpty()) materialize.log(log.remove());
    }

    void readOutcomes() {
        while (!outcomes.isEmpty()) materialize.outcome(outcomes.remove());
    }

    /** Admits a batch and reads everything back; its answer. */
    BatchAnswer push(MutationBatch batch) {
        admit(batch);
        readLog();
        readOutcomes();
        return materialize.seen().answers.get(materialize.seen().answers.size() - 1);
    }

    void deleteProject(String project) {
        admit.deleteProject(project);
        take();
    }

    void advance(Duration by) {
        admit.advance(by);
        materialize.advance(by);
    }

    @Override
    public void close() {
        admit.close();
        materialize.close();
    }
}
