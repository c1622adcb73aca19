package dev.tidemark.backbone.instances;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tidemark.topic.TopicCatalogue;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.streams.StreamsMetadata;
import org.apache.kafka.streams.errors.StreamsNotStartedException;
import org.apache.kafka.streams.state.HostInfo;
import org.apache.kafka.streams.state.internals.StreamsMetadataImpl;
import org.junit.jupiter.api.Test;

class OwnersTest {
    private static final HostInfo SELF = new HostInfo("127.0.0.1", 1);
    private static final HostInfo OTHER = new HostInfo("127.0.0.1", 2);

    @Test
    void aPartitionIsAnsweredHereUnlessAnotherInstanceHasIt() {
        Owners owners = owners(() -> List.of(has(SELF, 0), has(OTHER, 1)));
        assertThat(owners.elsewhere(0)).isEmpty();
        assertThat(owners.elsewhere(1)).contains(OTHER);
        assertThat(owners.elsewhere(2)).isEmpty();
        assertThat(owners.others()).containsExactly(OTHER);
    }

    /** While stores of a killed process are cleared, the gateway answers already; it said 500. */
    @Test
    void nobodyIsKnownBeforeKafkaStreamsHasStartedAndAfterItHasStopped() {
        for (RuntimeException refusal :
                List.of(new StreamsNotStartedException("not started"), new IllegalStateException("not running"))) {
            Owners owners = owners(() -> {
                throw refusal;
            });
            assertThat(owners.elsewhere(0)).isEmpty();
            assertThat(owners.others()).isEmpty();
        }
    }

    private static Owners owners(Supplier<Collection<StreamsMetadata>> assigned) {
        return new Owners(assigned, SELF);
    }

    private static StreamsMetadata has(HostInfo host, int partition) {
        return new StreamsMetadataImpl(
                host, Set.of(), Set.of(new TopicPartition(TopicCatalogue.LOG, partition)), Set.of(), Set.of());
    }
}
