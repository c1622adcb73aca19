package dev.tidemark.topology;

import dev.tidemark.algebra.Targets;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.Head;
import dev.tidemark.model.LoggedRecord;
import dev.tidemark.model.Target;
import dev.tidemark.model.TargetEvent;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.ChangeRow;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.topology.store.PendingTargets;
import dev.tidemark.topology.store.TargetKeys;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Partition 0 of Materialize. Offsets of the log, so cloud seqs, count from 0 without a gap. */
final class MaterializeDriver extends Driver {
    private final Seen seen;
    private final PendingTargets pending;

    MaterializeDriver(Path stateDir) {
        this(stateDir, new Seen(), new PendingTargets(1), new FakeCluster(1));
    }

    private MaterializeDriver(Path stateDir, Seen seen, PendingTargets pending, FakeCluster cluster) {
        super(
                MaterializeTopology.build(new MaterializeEnvironment(
                        CODEC,
                        cluster,
                        cluster.identity(),
                        MaterializeEnvironment.Keeping.DEFAULT,
                        MESSAGE_BYTES_MAX,
                        pending,
                        seen)),
                instance -> StreamsSettings.materialize(instance, Map.of()),
                stateDir);
        this.seen = seen;
        this.pending = pending;
    }

    /** What the listener was told, in order. */
    static final class Seen implements MaterializeListener {
        final List<BatchAnswer> answers = new ArrayList<>();
        final List<LoggedRecord> records = new ArrayList<>();
        final List<Head> heads = new ArrayList<>();
        final List<Targets.Decision> decisions = new ArrayList<>();

        @Override
        public void onRecord(LoggedRecord record, Head head, long committedMs) {
            records.add(record);
            heads.add(head);
        }

        @Override
        public void onAnswer(BatchAnswer answer) {
            answers.add(answer);
        }

        @Override
        public void onTargetDecided(String requestId, Targets.Decision decision) {
            decisions.add(decision);
        }
    }

    Seen seen() {
        return seen;
    }

    void log(TestRecord<byte[], byte[]> record) {
        logAt(now(), record);
    }

    void logAt(Instant time, TestRecord<byte[], byte[]> record) {
        pipeAt(
                time,
                TopicCatalogue.LOG,
                record.key(),
                record.value(),
                record.headers().toArray());
    }

    void outcome(TestRecord<byte[], byte[]> record) {
        pipe(
                TopicCatalogue.OUTCOMES,
                record.key(),
                record.value(),
                record.headers().toArray());
    }

    Targets.Decision decide(TargetEvent event) {
        pipe(TopicCatalogue.ACKS, utf8(event.project()), CODEC.encodeTargetEvent(event));
        pending.committed();
        return seen.decisions.get(seen.decisions.size() - 1);
    }

    Head head(String project) {
        return MaterializeRows.head(store(Names.HEADS_BY_PROJECT).get(Keys.of(project)));
    }

    @Nullable
    Target target(String project, String name) {
        byte[] row = store(Names.CURSORS_BY_TARGET).get(TargetKeys.target(project, name));
        return row == null ? null : MaterializeRows.target(project, name, row);
    }

    /** Rows of the change index of all projects. */
    List<ChangeRow> rows() {
        List<ChangeRow> rows = new ArrayList<>();
        try (var all = store(Names.CHANGES_BY_SEQ).all()) {
            while (all.hasNext()) {
                KeyValue<org.apache.kafka.common.utils.Bytes, byte[]> row = all.next();
                if (!row.key.equals(Keys.SENTINEL)) rows.add(MaterializeRows.change(row.value));
            }
        }
        return rows;
    }

    /** Rows of a store, its sentinel not counted. */
    int count(String store) {
        int count = 0;
        try (var all = store(store).all()) {
            while (all.hasNext()) if (!all.next().key.equals(Keys.SENTINEL)) count++;
        }
        return count;
    }

    List<ControlState> states() {
        return written(TopicCatalogue.CONTROL).stream()
                .map(record -> CODEC.decodeState(record.value()))
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return written(TopicCatalogue.DEAD_LETTERS);
    }
}
