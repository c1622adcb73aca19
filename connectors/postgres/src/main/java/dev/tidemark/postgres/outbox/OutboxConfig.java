package dev.tidemark.postgres.outbox;

import java.util.Map;
import org.apache.kafka.common.config.AbstractConfig;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.ConfigDef.Importance;
import org.apache.kafka.common.config.ConfigDef.Range;
import org.apache.kafka.common.config.ConfigDef.Type;
import org.apache.kafka.common.config.types.Password;

/** Settings of the connector. */
final class OutboxConfig extends AbstractConfig {
    static final String URL = "database.url";
    static final String USER = "database.user";
    static final String PASSWORD = "database.password";
    static final String SOURCE = "source";
    static final String PROJECT = "project";
    static final String SCHEMA = "schema";
    static final String POLL_MS = "poll.interval.ms";
    static final String SLEEP_MS = "sleep.max.ms";
    static final String ROWS = "rows.max";
    static final String BATCH_BYTES = "batch.bytes.max";
    static final String REGISTRY = "registry.url";

    private static final int BATCH_BYTES_DEFAULT = 900_000;

    static final ConfigDef DEFINITION = new ConfigDef()
            .define(URL, Type.STRING, Importance.HIGH, "JDBC URL of the database: jdbc:postgresql://host:port/name")
            .define(USER, Type.STRING, "", Importance.HIGH, "who reads; empty: as the URL says")
            .define(PASSWORD, Type.PASSWORD, "", Importance.HIGH, "of that user; better by a config provider")
            .define(SOURCE, Type.STRING, "postgres", Importance.HIGH, "name of the source, as whose mutations come")
            .define(PROJECT, Type.STRING, Importance.HIGH, "project that they go to")
            .define(SCHEMA, Type.STRING, "tidemark", Importance.MEDIUM, "schema of the outbox")
            .define(
                    POLL_MS,
                    Type.INT,
                    10,
                    Range.between(1, 4_000),
                    Importance.MEDIUM,
                    "between two looks while there is something to do, milliseconds")
            .define(
                    SLEEP_MS,
                    Type.INT,
                    1_000,
                    Range.between(10, 4_000),
                    Importance.LOW,
                    "the longest without a look where no writer notifies, milliseconds")
            .define(ROWS, Type.INT, 2_000, Range.between(1, 100_000), Importance.LOW, "rows of one look")
            .define(
                    BATCH_BYTES,
                    Type.INT,
                    BATCH_BYTES_DEFAULT,
                    Range.atLeast(10_000),
                    Importance.LOW,
                    "of a batch, below max.message.bytes of tidemark.mutations")
            .define(REGISTRY, Type.STRING, "", Importance.LOW, "schema registry; empty: the ids of Tidemark's own");

    OutboxConfig(Map<String, String> given) {
        super(DEFINITION, given, false);
    }

    String password() {
        Password password = getPassword(PASSWORD);
        return password.value();
    }
}
