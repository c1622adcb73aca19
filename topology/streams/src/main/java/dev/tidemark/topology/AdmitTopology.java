package dev.tidemark.topology;

import dev.tidemark.topic.TopicCatalogue;
import dev.tidemark.topology.fence.Fence;
import dev.tidemark.topology.processor.AdmitProcessor;
import java.util.List;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.StreamPartitioner;
import org.apache.kafka.streams.processor.api.ProcessingContext;

/**
 * Topology A: mutations and commands in, the log and everything that is decided out. The only writer of {@code tidemark.log},
 * {@code outcomes} and of all of {@code control} but the horizon.
 */
public final class AdmitTopology {
    private final AdmitEnvironment environment;
    private final Topology topology = new Topology();

    private AdmitTopology(AdmitEnvironment environment) {
        this.environment = environment;
    }

    public static Topology build(AdmitEnvironment environment) {
        AdmitTopology wiring = new AdmitTopology(environment);
        wiring.sources();
        wiring.processor();
        wiring.stores();
        wiring.sinks();
        return wiring.topology;
    }

    private void sources() {
        source(Names.MUTATIONS_SOURCE, TopicCatalogue.MUTATIONS);
        source(Names.COMMANDS_SOURCE, TopicCatalogue.COMMANDS);
    }

    private void processor() {
        topology.addProcessor(
                Names.ADMIT,
                () -> new AdmitProcessor(environment, this::fence),
                Names.MUTATIONS_SOURCE,
                Names.COMMANDS_SOURCE);
    }

    private void stores() {
        for (String store : Names.ADMIT_STORES) topology.addStateStore(StoreBuilders.plain(store), Names.ADMIT);
    }

    private void sinks() {
        int partitions = environment.identity().partitions();
        StreamPartitioner<byte[], byte[]> byProject = Partitioners.byProjectKey(partitions);
        StreamPartitioner<byte[], byte[]> byPath = Partitioners.byProjectOfPath(partitions);
        sink(Names.LOG_SINK, TopicCatalogue.LOG, byPath);
        sink(Names.OUTCOMES_SINK, TopicCatalogue.OUTCOMES, byProject);
        sink(Names.CONTROL_SINK, TopicCatalogue.CONTROL, byPath);
        sink(Names.EVENTS_SINK, TopicCatalogue.EVENTS, byProject);
        sink(Names.COMMANDS_SINK, TopicCatalogue.COMMANDS, byProject);
        sink(Names.MUTATIONS_SINK, TopicCatalogue.MUTATIONS, byProject);
        sink(Names.DEAD_LETTERS_SINK, TopicCatalogue.DEAD_LETTERS, Partitioners.anywhere(partitions));
    }

    private Fence fence(ProcessingContext context) {
        Fence.Scope scope = new Fence.Scope(
                Names.ADMIT_APP, List.of(TopicCatalogue.MUTATIONS, TopicCatalogue.COMMANDS), Names.ADMIT_STORES, true);
        return new Fence(scope, environment.cluster(), environment.identity(), context);
    }

    private void source(String name, String topic) {
        topology.addSource(
                AutoOffsetReset.none(), name, new ByteArrayDeserializer(), new ByteArrayDeserializer(), topic);
    }

    private void sink(String name, String topic, StreamPartitioner<byte[], byte[]> partitioner) {
        topology.addSink(name, topic, new ByteArraySerializer(), new ByteArraySerializer(), partitioner, Names.ADMIT);
    }
}
