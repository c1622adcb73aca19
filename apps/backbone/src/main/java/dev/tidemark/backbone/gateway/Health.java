package dev.tidemark.backbone.gateway;

/**
 * How the backbone is.
 *
 * @param admit state of Admit, as Kafka Streams names it
 * @param materialize state of Materialize
 * @param failure why it will never be ready; empty: nothing is wrong
 */
public record Health(boolean ready, String admit, String materialize, String failure) {}
