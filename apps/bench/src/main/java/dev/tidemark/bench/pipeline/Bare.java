package dev.tidemark.bench.pipeline;

import java.util.Locale;
import java.util.Map;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** The topologies that Tidemark is compared with: the least that Kafka Streams can do with a record. */
public enum Bare {
    /** Each record goes to another topic, unread. */
    PASS_THROUGH,
    /** Each record is looked up in one RocksDB store, written there (and to its changelog), and goes to another topic. */
    ONE_STORE;

    static final String STORE = "images-by-path";
    private static final String SOURCE = "in";
    private static final String PROCESSOR = "keep";
    private static final String SINK = "out";

    public String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    public String input() {
        return "bench." + label() + ".in";
    }

    public String output() {
        return "bench." + label() + ".out";
    }

    String applicationId() {
        return "bench-" + label();
    }

    Topology topology() {
        Topology topology = new Topology();
        topology.addSource(
                AutoOffsetReset.earliest(), SOURCE, new ByteArrayDeserializer(), new ByteArrayDeserializer(), input());
        if (this == ONE_STORE)
            topology.addProcessor(PROCESSOR, GetAndPut::new, SOURCE).addStateStore(store(), PROCESSOR);
        String last = this == ONE_STORE ? PROCESSOR : SOURCE;
        return topology.addSink(SINK, output(), new ByteArraySerializer(), new ByteArraySerializer(), last);
    }

    /** As every store of Tidemark is built. */
    private static StoreBuilder<KeyValueStore<Bytes, byte[]>> store() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(STORE), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }
}
