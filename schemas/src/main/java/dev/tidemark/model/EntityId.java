package dev.tidemark.model;

/** A thing of a project. {@code entity} is its type, {@code key} its key within the type. */
public record EntityId(String project, String entity, String key) {}
