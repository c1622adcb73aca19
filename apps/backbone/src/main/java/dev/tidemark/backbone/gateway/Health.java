package dev.tidemark.backbone.gateway;

import java.util.List;

/**
 * How the backbone is.
 *
 * @param admit state of Admit, as Kafka Streams names it
 * @param materialize state of Materialize
 * @param partitions that this instance serves
 * @param failure why it will never be ready; empty: nothing is wrong
 */
public record Health(boolean ready, String admit, String materialize, List<Integer> partitions, String failure) {
    public Health {
        partitions = List.copyOf(partitions);
    }
}
