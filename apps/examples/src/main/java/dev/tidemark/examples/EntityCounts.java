package dev.tidemark.examples;

import dev.tidemark.topic.TopicCatalogue;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.Grouped;
import org.apache.kafka.streams.kstream.KTable;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * {@code tidemark.log} as a table of live entities by path, and how many there are per project and type. A delete is a null value,
 * which is what a table takes for a delete, so that a count falls by itself.
 */
final class EntityCounts {
    static final String STORE = "count-by-type";

    private EntityCounts() {}

    /** @return counts by {@code project/type} */
    static KTable<String, Long> of(StreamsBuilder builder) {
        KTable<String, byte[]> entities = builder.table(
                TopicCatalogue.LOG,
                Consumed.with(Serdes.String(), Serdes.ByteArray()),
                Materialized.as("entity-by-path"));
        return entities.groupBy(
                        (path, change) -> KeyValue.pair(typeOf(path), ""),
                        Grouped.with("entities-by-type", Serdes.String(), Serdes.String()))
                .count(Materialized.<String, Long, KeyValueStore<Bytes, byte[]>>as(STORE)
                        .withKeySerde(Serdes.String())
                        .withValueSerde(Serdes.Long()));
    }

    /** Project and type of a path {@code project/type/key}; names need no escapes, so both stand there as they are. */
    static String typeOf(String path) {
        return path.substring(0, path.indexOf('/', path.indexOf('/') + 1));
    }
}
