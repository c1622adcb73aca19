package dev.tidemark.topology;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.topology.processor.MaterializeProcessor;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/** Topology B: the committed log, outcomes and target events in, the state that is served out. */
public final class MaterializeTopology {
    private final MaterializeEnvironment environment;
    private final Topology topology = new Topology();

    private MaterializeTopology(MaterializeEnvironment environment) {
        this.environment = environment;
    }

    public static Topology build(MaterializeEnvironment environment) {
        MaterializeTopology wiring = new MaterializeTopology(environment);
        wiring.sources();
        wiring.processor();
        wiring.stores();
        wiring.sinks();
        return wiring.topology;
    }

    private void sources() {
        source(Names.LOG_SOURCE, TopicCatalogue.LOG);
        source(Names.OUTCOMES_SOURCE, TopicCatalogue.OUTCOMES);
        source(Names.ACKS_SOURCE, TopicCatalogue.ACKS);
    }

    private void processor() {
        topology.addProcessor(
                Names.MATERIALIZE,
                () -> new MaterializeProcessor(environment, this::fence),
                Names.LOG_SOURCE,
                Names.OUTCOMES_SOURCE,
                Names.ACKS_SOURCE);
    }

    private void stores() {
        for (String store : Names.MATERIALIZE_STORES)
            topology.addStateStore(
                    store.equals(Names.HEADS_BY_PROJECT) ? StoreBuilders.coalescing(store) : StoreBuilders.plain(store),
                    Names.MATERIALIZE);
    }

    private void sinks() {
        int partitions = environment.identity().partitions();
        sink(Names.CONTROL_SINK, TopicCatalogue.CONTROL, Partitioners.byProjectOfPath(partitions));
        sink(Names.DEAD_LETTERS_SINK, TopicCatalogue.DEAD_LETTERS, Partitioners.anywhere(partitions));
    }

    private Fence fence(ProcessingContext context) {
        Fence.Scope scope = new Fence.Scope(
                Names.MATERIALIZE_APP,
                List.of(TopicCatalogue.LOG, TopicCatalogue.OUTCOMES, TopicCatalogue.ACKS),
                Names.MATERIALIZE_STORES,
                false);
        return new Fence(scope, environment.cluster(), environment.identity(), context);
    }

    private void source(String name, String topic) {
        topology.addSource(
                AutoOffsetReset.none(), name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
    }

    private void sink(String name, String topic, StreamPartitioner<byte[], byte[]> partitioner) {
        topology.addSink(
                name, topic, new ByteArraySerializer(), new ByteArraySerializer(), partitioner, Names.MATERIALIZE);
    }
}
