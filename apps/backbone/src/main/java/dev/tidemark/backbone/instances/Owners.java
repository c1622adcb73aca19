package dev.tidemark.backbone.instances;

import dev.tidemark.topic.TopicCatalogue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.InvalidStateStoreException;
import org.apache.kafka.streams.state.HostInfo;

/** Which instance serves a partition, as Kafka Streams last assigned it. Thread-safe. */
public final class Owners {
    private final Supplier<Collection<StreamsMetadata>> assigned;
    private final HostInfo self;

    /**
     * @param assigned what Materialize knows of all its instances
     * @param self where the others reach this one
     */
    public Owners(Supplier<Collection<StreamsMetadata>> assigned, HostInfo self) {
        this.assigned = assigned;
        this.self = self;
    }

    /** The other instance that owns it; empty: this one does, or nobody at the moment. */
    public Optional<HostInfo> elsewhere(int partition) {
        TopicPartition log = new TopicPartition(TopicCatalogue.LOG, partition);
        for (StreamsMetadata instance : all())
            if (instance.topicPartitions().contains(log))
                return Optional.of(instance.hostInfo()).filter(host -> !host.equals(self));
        return Optional.empty();
    }

    /** All instances but this one. */
    public List<HostInfo> others() {
        List<HostInfo> others = new ArrayList<>();
        for (StreamsMetadata instance : all()) {
            HostInfo host = instance.hostInfo();
            if (!host.equals(HostInfo.unavailable()) && !host.equals(self) && !others.contains(host)) others.add(host);
        }
        return others;
    }

    private Collection<StreamsMetadata> all() {
        try {
            return assigned.get();
        } catch (IllegalStateException | InvalidStateStoreException e) { // it stopped, or has not started yet
            return List.of();
        }
    }
}
