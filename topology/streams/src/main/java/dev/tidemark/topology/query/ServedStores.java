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
    private final ServedPartitions served;
    private final int partitions;

    public ServedStores(KafkaStreams materialize, ServedPartitions served, int recordedPartitions) {
        this.streams = materialize;
        this.served = served;
        this.partitions = recordedPartitions;
    }

    public int partitionOf(String project) {
        return Partitions.of(project, partitions);
    }

    int partitions() {
        return partitions;
    }

    /** @throws NotServed while the partition is not here, still being restored or behind what was served before */
    ReadOnlyKeyValueStore<Bytes, byte[]> of(String store, String project) {
        return ofPartition(store, partitionOf(project));
    }

    ReadOnlyKeyValueStore<Bytes, byte[]> ofPartition(String store, int partition) {
        if (!served.isServed(partition)) throw new NotServed("partition " + partition + " is starting or moving");
        try {
            return streams.store(
                    StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.<Bytes, byte[]>keyValueStore())
                            .withPartition(partition));
        } catch (InvalidStateStoreException e) {
            throw new NotServed("partition " + partition + " is starting or moving");
        } catch (IllegalStateException e) {
            throw new NotServed("nothing is served: " + e.getMessage());
        }
    }
}
