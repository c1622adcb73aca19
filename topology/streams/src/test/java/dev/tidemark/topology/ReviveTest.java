package dev.tidemark.topology;

import static dev.tidemark.topology.Push.PROJECT;
import static dev.tidemark.topology.Push.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.algebra.AdmitLimits;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.topology.processor.AdmitProcessor;
import dev.tidemark.topology.processor.MaterializeProcessor;
import dev.tidemark.topology.serde.AdmitRows;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.topology.store.PendingTargets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.MockProcessorContext.CapturedPunctuator;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kafka Streams closes a task that is suspended or corrupted and begins it again with the same processor, and keeps its
 * punctuations. Those of the life before must not run: what they remember of heads is old.
 */
class ReviveTest {
    private static final long START_MS = Driver.START.toEpochMilli();
    private static final Duration LATER = Duration.ofDays(40);

    @TempDir
    private Path stateDir;

    @Test
    void admitKeepsItsHeadWhereThePunctuationsOfALifeBeforeWouldPrune() {
        FakeCluster cluster = new FakeCluster(1);
        MockProcessorContext<byte[], byte[]> context = InMemoryTask.of(stateDir, Names.ADMIT_APP, Names.ADMIT_STORES);
        AdmitEnvironment environment = new AdmitEnvironment(
                Driver.CODEC,
                cluster,
                cluster.identity(),
                AdmitLimits.DEFAULT,
                Driver.MESSAGE_BYTES_MAX,
                AdmitEnvironment.Pruning.DEFAULT,
                AdmitListener.NONE);
        Fence.Scope scope =
                new Fence.Scope(Names.ADMIT_APP, List.of(TopicCatalogue.MUTATIONS), Names.ADMIT_STORES, false);
        Processor<byte[], byte[], byte[], byte[]> admit =
                new AdmitProcessor(environment, each -> new Fence(scope, cluster, cluster.identity(), each));

        admit.init(context);
        process(admit, context, push().put(1, "a", "{}").batch(), 0);
        process(admit, context, push().delete(2, "a").batch(), 1);
        admit.close();
        admit.init(context);
        process(admit, context, push().put(3, "b", "{}").batch(), 2);
        punctuate(context);

        KeyValueStore<Bytes, byte[]> heads = context.getStateStore(Names.HEADS);
        KeyValueStore<Bytes, byte[]> entities = context.getStateStore(Names.ENTITIES_BY_PATH);
        assertThat(entities.get(Keys.of("p/note/a"))).as("it was pruned").isNull();
        assertThat(AdmitRows.head(heads.get(Keys.of(PROJECT))).ordinal().value())
                .isEqualTo(3);
    }

    @Test
    void materializeKeepsItsHeadWhereThePunctuationsOfALifeBeforeWouldRaiseTheHorizon() {
        FakeCluster cluster = new FakeCluster(1);
        MockProcessorContext<byte[], byte[]> context =
                InMemoryTask.of(stateDir, Names.MATERIALIZE_APP, Names.MATERIALIZE_STORES);
        MaterializeEnvironment environment = new MaterializeEnvironment(
                Driver.CODEC,
                cluster,
                cluster.identity(),
                MaterializeEnvironment.Keeping.DEFAULT,
                Driver.MESSAGE_BYTES_MAX,
                new PendingTargets(1),
                MaterializeListener.NONE);
        Fence.Scope scope =
                new Fence.Scope(Names.MATERIALIZE_APP, List.of(TopicCatalogue.LOG), Names.MATERIALIZE_STORES, false);
        Processor<byte[], byte[], byte[], byte[]> materialize =
                new MaterializeProcessor(environment, each -> new Fence(scope, cluster, cluster.identity(), each));
        List<Record<byte[], byte[]>> log = LogRecords.of(
                stateDir,
                push().put(1, "a", "{}").batch(),
                push().delete(2, "a").batch(),
                push().put(3, "b", "{}").batch(),
                push().put(4, "c", "{}").batch());

        materialize.init(context);
        for (int i = 0; i < 3; i++) process(materialize, context, TopicCatalogue.LOG, log.get(i), i);
        materialize.close();
        materialize.init(context);
        process(materialize, context, TopicCatalogue.LOG, log.get(3), 3);
        punctuate(context);

        KeyValueStore<Bytes, byte[]> heads = context.getStateStore(Names.HEADS_BY_PROJECT);
        var head = MaterializeRows.head(heads.get(Keys.of(PROJECT)));
        assertThat(head.horizon().value()).as("the tombstone was purged").isEqualTo(1);
        assertThat(head.ordinal().value()).isEqualTo(4);
    }

    private static void process(
            Processor<byte[], byte[], byte[], byte[]> admit,
            MockProcessorContext<byte[], byte[]> context,
            MutationBatch batch,
            long offset) {
        byte[] key = Driver.utf8(batch.replica().project());
        Record<byte[], byte[]> record = new Record<>(key, Driver.CODEC.encodeBatch(batch), START_MS);
        process(admit, context, TopicCatalogue.MUTATIONS, record, offset);
    }

    private static void process(
            Processor<byte[], byte[], byte[], byte[]> processor,
            MockProcessorContext<byte[], byte[]> context,
            String topic,
            Record<byte[], byte[]> record,
            long offset) {
        context.setRecordMetadata(topic, 0, offset);
        context.setCurrentSystemTimeMs(record.timestamp());
        processor.process(record);
    }

    private static void punctuate(MockProcessorContext<byte[], byte[]> context) {
        for (CapturedPunctuator punctuator : context.scheduledPunctuators())
            if (!punctuator.cancelled()) punctuator.getPunctuator().punctuate(START_MS + LATER.toMillis());
    }
}
