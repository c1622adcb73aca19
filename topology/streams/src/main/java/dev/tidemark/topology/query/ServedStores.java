package dev.tidemark.topology.query;

import dev.tidemark.topic.Partitions;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** The Materialize stores of this process, by project. Thread-safe. */
public final class ServedStores {
    private final KafkaStreams streams;
    private final int partitions;

    public ServedStores(KafkaStreams materialize, int recordedPartitions) {
        this.streams = materialize;
        this.partitions = recordedPartitions;
    }

    public int partitionOf(String project) {
        return Partitions.of(project, partitions);
    }

    int partitions() {
        return partitions;
    }

    /** @throws NotServed while the partition is not here or still being restored */
    ReadOnlyKeyValueStore<Bytes, byte[]> of(String store, String project) {
        return ofPartition(store, partitionOf(project));
    }

    ReadOnlyKeyValueStore<Bytes, byte[]> ofPartition(String store, int partition) {
        try {
            return streams.store(
                    StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                            .withPartition(partition));
        } catch (InvalidStateStoreException e) {
            throw new NotServed("partition " + partition + " is starting or moving");
        }
    }
}
