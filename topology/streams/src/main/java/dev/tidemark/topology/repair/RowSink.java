package dev.tidemark.topology.repair;

import org.apache.kafka.common.utils.Bytes;
import org.jspecify.annotations.Nullable;

/** Where the rows of one partition's state go. */
@FunctionalInterface
interface RowSink {
    /** Takes rows and keeps none: to see whether a state can be rebuilt. */
    RowSink NOWHERE = (store, key, value) -> {};

    /** @param value null: the row goes */
    void put(String store, Bytes key, byte @Nullable [] value);
}
