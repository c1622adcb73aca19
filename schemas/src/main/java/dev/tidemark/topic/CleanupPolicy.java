package dev.tidemark.topic;

import java.util.Locale;

/** What Kafka does with old records. */
public enum CleanupPolicy {
    /** Gone after the retention. */
    DELETE,
    /** The last record of every key stays. */
    COMPACT;

    /** Value of {@code cleanup.policy}. */
    public String configValue() {
        return name().toLowerCase(Locale.ROOT);
    }
}
