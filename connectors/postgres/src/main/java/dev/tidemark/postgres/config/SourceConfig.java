package dev.tidemark.postgres.config;

import java.util.List;

/**
 * A PostgreSQL source.
 *
 * @param source the replica that its mutations come from
 * @param schema where our own objects live in the database
 * @param outboxRowsMax most rows that the outbox keeps for a reader that does not come
 * @param hash SHA-256 of the canonical form of the file, in hex
 */
public record SourceConfig(
        String source, String project, String schema, long outboxRowsMax, List<TableSource> tables, String hash) {
    public static final String SOURCE_DEFAULT = "postgres";
    public static final String SCHEMA_DEFAULT = "tidemark";
    /** Some 2 GB of rows of 200 bytes: what a dead reader costs at most. */
    public static final long OUTBOX_ROWS_MAX_DEFAULT = 10_000_000;

    public SourceConfig {
        tables = List.copyOf(tables);
    }
}
