package dev.tidemark.topology;

import static dev.tidemark.topology.Push.PROJECT;
import static dev.tidemark.topology.Push.push;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.topology.processor.MaterializeProcessor;
import dev.tidemark.topology.serde.Keys;
import dev.tidemark.topology.store.MaterializeRows;
import dev.tidemark.topology.store.PendingTargets;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A reader opens its snapshot, scans, and looks at the horizon last. Were a tombstone to go before the horizon is raised, a
 * reader in between would miss the delete and never know.
 */
class ExpiryOrderTest {
    @Test
    void raisesTheHorizonBeforeTheFirstTombstoneGoes(@TempDir Path stateDir) {
        FakeCluster cluster = new FakeCluster(1);
        MockProcessorContext<byte[], byte[]> context =
                InMemoryTask.of(stateDir, Names.MATERIALIZE_APP, Names.MATERIALIZE_STORES);
        List<Long> horizonsAtDelete = new ArrayList<>();
        KeyValueStore<Bytes, byte[]> heads = context.getStateStore(Names.HEADS_BY_PROJECT);
        context.addStateStore(onDelete(context.getStateStore(Names.CHANGES_BY_SEQ), () -> {
            byte[] head = heads.get(Keys.of(PROJECT));
            horizonsAtDelete.add(MaterializeRows.head(head).horizon().value());
        }));
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
        MaterializeProcessor materialize =
                new MaterializeProcessor(environment, each -> new Fence(scope, cluster, cluster.identity(), each));
        materialize.init(context);
        long offset = 0;
        for (Record<byte[], byte[]> record : LogRecords.of(
                stateDir,
                push().put(1, "a", "{}").put(2, "b", "{}").batch(),
                push().delete(3, "a").delete(4, "b").batch(),
                push().put(5, "c", "{}").batch())) {
            context.setRecordMetadata(TopicCatalogue.LOG, 0, offset++);
            context.setCurrentSystemTimeMs(record.timestamp());
            materialize.process(record);
        }

        context.scheduledPunctuators()
                .forEach(each -> each.getPunctuator()
                        .punctuate(Driver.START.plus(Duration.ofDays(31)).toEpochMilli()));

        assertThat(horizonsAtDelete).containsExactly(3L, 3L);
    }

    @SuppressWarnings("unchecked")
    private static KeyValueStore<Bytes, byte[]> onDelete(KeyValueStore<Bytes, byte[]> store, Runnable then) {
        return (KeyValueStore<Bytes, byte[]>) Proxy.newProxyInstance(
                ExpiryOrderTest.class.getClassLoader(), new Class<?>[] {KeyValueStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("delete")) then.run();
                    return method.invoke(store, args);
                });
    }
}
