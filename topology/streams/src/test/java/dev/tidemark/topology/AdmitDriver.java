package dev.tidemark.topology;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.algebra.EntityPath;
import dev.tidemark.model.BatchOutcome;
import dev.tidemark.model.ControlCommand;
import dev.tidemark.model.ControlState;
import dev.tidemark.model.EntityChange;
import dev.tidemark.model.LifecycleEvent;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.Outcome;
import dev.tidemark.topic.Headers;
import dev.tidemark.topic.TopicCatalogue;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.streams.test.TestRecord;

/** Partition 0 of Admit. */
final class AdmitDriver extends Driver {
    private final FakeCluster cluster;

    AdmitDriver(Path stateDir) {
        this(stateDir, AdmitLimits.DEFAULT, 1);
    }

    AdmitDriver(Path stateDir, AdmitLimits limits, int partitions) {
        this(stateDir, limits, new FakeCluster(partitions));
    }

    private AdmitDriver(Path stateDir, AdmitLimits limits, FakeCluster cluster) {
        super(
                AdmitTopology.build(new AdmitEnvironment(
                        CODEC,
                        cluster,
                        cluster.identity(),
                        limits,
                        MESSAGE_BYTES_MAX,
                        AdmitEnvironment.Pruning.DEFAULT,
                        AdmitListener.NONE)),
                instance -> StreamsSettings.admit(instance, Map.of()),
                stateDir);
        this.cluster = cluster;
    }

    FakeCluster cluster() {
        return cluster;
    }

    /** Pushes a batch; the outcome of this batch. */
    BatchOutcome push(MutationBatch batch, Header... headers) {
        pipe(TopicCatalogue.MUTATIONS, utf8(batch.replica().project()), CODEC.encodeBatch(batch), headers);
        List<BatchOutcome> outcomes = outcomes();
        if (outcomes.size() != 1) throw new AssertionError("a batch has one outcome, not " + outcomes);
        return outcomes.get(0);
    }

    /** Words of the contract for each mutation, with the reason where there is one. */
    static List<String> codes(BatchOutcome outcome) {
        return outcome.outcomes().stream().map(AdmitDriver::code).toList();
    }

    private static String code(Outcome outcome) {
        return outcome.reason() == null
                ? outcome.code()
                : outcome.code() + " " + outcome.reason().code();
    }

    void command(ControlCommand command) {
        pipe(TopicCatalogue.COMMANDS, utf8(command.project()), CODEC.encodeCommand(command));
    }

    void putProject(String project, String policy) {
        command(new ControlCommand(project, ControlCommand.PROJECT_PUT, "", "put", policy));
    }

    void deleteProject(String project) {
        command(new ControlCommand(project, ControlCommand.PROJECT_DELETE, "", "delete", "{}"));
    }

    List<BatchOutcome> outcomes() {
        return written(TopicCatalogue.OUTCOMES).stream()
                .map(record -> CODEC.decodeOutcome(record.value()))
                .toList();
    }

    List<EntityChange> changes() {
        return written(TopicCatalogue.LOG).stream().map(AdmitDriver::change).toList();
    }

    static EntityChange change(TestRecord<byte[], byte[]> record) {
        String path = new String(record.key(), StandardCharsets.UTF_8);
        var meta = CODEC.decodeMeta(record.headers().lastHeader(Headers.META).value());
        return CODEC.decodeChange(EntityPath.parse(path), meta, record.value());
    }

    List<ControlState> states() {
        return written(TopicCatalogue.CONTROL).stream()
                .map(record -> CODEC.decodeState(record.value()))
                .toList();
    }

    List<LifecycleEvent> events() {
        return written(TopicCatalogue.EVENTS).stream()
                .map(record -> CODEC.decodeEvent(record.value()))
                .toList();
    }

    List<TestRecord<byte[], byte[]>> deadLetters() {
        return written(TopicCatalogue.DEAD_LETTERS);
    }

    static Header header(String name, String value) {
        return new RecordHeader(name, utf8(value));
    }
}
