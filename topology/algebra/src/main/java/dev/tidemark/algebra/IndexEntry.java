package dev.tidemark.algebra;

/** A filterable field of an entity has this canonical value, or has it as a member. */
public record IndexEntry(String entity, String field, String value, String path) {}
