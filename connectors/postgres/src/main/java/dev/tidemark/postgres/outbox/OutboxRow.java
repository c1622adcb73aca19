package dev.tidemark.postgres.outbox;

import java.time.Instant;

/**
 * A row as a trigger wrote it.
 *
 * @param ops JSON array of ops
 * @param creates whether the ops may create the entity
 */
record OutboxRow(long id, String entity, String entityKey, String ops, boolean creates, Instant writtenAt) {}
