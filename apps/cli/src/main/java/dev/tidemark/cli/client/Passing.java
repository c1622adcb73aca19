package dev.tidemark.cli.client;

import java.time.Duration;
import java.util.Optional;

/** A failure that may pass by itself, so that the same request may be sent again. */
public interface Passing {
    boolean isPassing();

    /** How long the server asked to be left alone. */
    Optional<Duration> retryAfter();
}
