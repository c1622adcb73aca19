package dev.tidemark.topology.store;

import dev.tidemark.model.LoggedRecord;

/**
 * A record of the mapping and when it was appended to the log.
 *
 * @param committedMs milliseconds since 1970
 */
public record RecordRow(LoggedRecord record, long committedMs) {}
