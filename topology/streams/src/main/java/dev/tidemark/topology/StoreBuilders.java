package dev.tidemark.topology;

import java.util.Map;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/** How every store is built: RocksDB, with a changelog, without the Streams cache (pages must see one write batch at once). */
final class StoreBuilders {
    private StoreBuilders() {}

    static StoreBuilder<KeyValueStore<Bytes, byte[]>> plain(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingDisabled()
                .withLoggingEnabled(Map.of());
    }

    /** For hot rows that only the task itself reads often: written once per commit. */
    static StoreBuilder<KeyValueStore<Bytes, byte[]>> coalescing(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.Bytes(), Serdes.ByteArray())
                .withCachingEnabled()
                .withLoggingEnabled(Map.of());
    }
}
