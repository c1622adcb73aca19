package dev.tidemark.postgres.apply;

import java.util.List;
import java.util.Optional;

/**
 * How a source stands in its database.
 *
 * @param applied objects that are as the config wants them
 * @param drift changes that an apply would make
 * @param outbox empty where nothing was applied yet
 */
public record SourceStatus(int applied, List<Change> drift, Optional<OutboxState> outbox) {
    public SourceStatus {
        drift = List.copyOf(drift);
    }

    /**
     * What waits for the reader.
     *
     * @param oldestAgeMs of the oldest row; 0 if there is none
     * @param lostThrough highest id that was removed unread to keep the bound; 0 if none was
     */
    public record OutboxState(String source, String incarnation, long rows, long oldestAgeMs, long lostThrough) {}
}
