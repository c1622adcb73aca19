package dev.tidemark.postgres.ddl;

import dev.tidemark.postgres.config.SourceConfig;
import dev.tidemark.postgres.ddl.DatabaseObject.Id;
import dev.tidemark.postgres.ddl.DatabaseObject.Kind;
import java.util.List;
import java.util.Map;

/** What is ours alone: the schema with the outbox, the registry of owned objects, and the functions that all triggers share. */
public final class Outbox {
    /** The registry; made and dropped together with the schema, since everything made is entered there. */
    public static final String REGISTRY = "owned_object";

    public static final String SOURCE = "source";
    public static final String OUTBOX = "outbox";
    static final String EMIT = "emit";
    static final String EMITTED = "emitted";
    static final String REFUSE_TRUNCATE = "refuse_truncate";

    /** Channel of the wake-up call. */
    public static final String CHANNEL = "tidemark_outbox";

    /** Ids between two looks at the bound; with the next it clears twice as fast as rows come. */
    private static final String TRIM_EVERY_IDS = "10000";

    private static final String TRIM_ROWS_MAX = "20000";
    private static final String SEQUENCE = "outbox_id_seq";

    private static final String INSERT_SQL = """

            DECLARE
              tm_id bigint;
            BEGIN
              INSERT INTO SCHEMA.outbox (entity, entity_key, ops, creates)
                VALUES (tm_entity, tm_key, tm_ops, tm_creates) RETURNING id INTO tm_id;
              PERFORM SCHEMA.emitted(tm_id, tm_id);
            END
            """;

    /**
     * The outbox's bound: only one transaction at a time clears, nobody waits for it, and one that cannot see what others
     * cleared (isolation above read committed) is not made to fail by it.
     */
    private static final String EMITTED_SQL = """

            DECLARE
              tm_due bigint := tm_last / EVERY - (tm_first - 1) / EVERY;
              tm_lost bigint;
              tm_source text;
            BEGIN
              IF EXISTS (SELECT 1 FROM SCHEMA.source WHERE idle) THEN
                PERFORM pg_catalog.pg_notify('CHANNEL', '');
              END IF;
              IF tm_due = 0 OR pg_catalog.current_setting('transaction_isolation') <> 'read committed' THEN
                RETURN;
              END IF;
              SELECT name INTO tm_source FROM SCHEMA.source ORDER BY name LIMIT 1 FOR UPDATE SKIP LOCKED;
              IF tm_source IS NULL THEN
                RETURN;
              END IF;
              WITH doomed AS (
                SELECT id FROM SCHEMA.outbox WHERE id < tm_last - ROWS_MAX
                ORDER BY id LIMIT tm_due * TRIM_MAX FOR UPDATE SKIP LOCKED
              ), gone AS (
                DELETE FROM SCHEMA.outbox o USING doomed d WHERE o.id = d.id RETURNING o.id
              )
              SELECT max(id) INTO tm_lost FROM gone;
              IF tm_lost IS NOT NULL THEN
                UPDATE SCHEMA.source SET lost_through = greatest(lost_through, tm_lost);
              END IF;
            END
            """;

    private static final String TRUNCATE_SQL = """

            BEGIN
              RAISE EXCEPTION 'TRUNCATE of %.% is refused: Tidemark captures its rows one by one', TG_TABLE_SCHEMA, TG_TABLE_NAME
                USING HINT = 'Use DELETE, or tear the source down, truncate, and load the table again as a dump.',
                      ERRCODE = 'feature_not_supported';
            END
            """;

    private final String schema;
    private final long rowsMax;

    public Outbox(SourceConfig config) {
        this.schema = config.schema();
        this.rowsMax = config.outboxRowsMax();
    }

    /** In the order of making; the schema with the registry comes first. */
    public List<DatabaseObject> objects() {
        return List.of(
                schemaAndRegistry(),
                relation(Kind.SEQUENCE, SEQUENCE, "CREATE SEQUENCE " + Sql.name(schema, SEQUENCE) + " CACHE 1"),
                relation(
                        Kind.TABLE,
                        OUTBOX,
                        table(
                                OUTBOX,
                                "id bigint PRIMARY KEY DEFAULT pg_catalog.nextval("
                                        + Sql.text(Sql.name(schema, SEQUENCE)) + "::regclass), entity text NOT NULL,"
                                        + " entity_key text NOT NULL, ops jsonb NOT NULL, creates boolean NOT NULL,"
                                        + " written_at timestamptz NOT NULL DEFAULT pg_catalog.clock_timestamp()")),
                relation(
                        Kind.TABLE,
                        SOURCE,
                        table(
                                SOURCE,
                                "name text PRIMARY KEY, incarnation text NOT NULL,"
                                        + " config_hash text NOT NULL, lost_through bigint NOT NULL DEFAULT 0,"
                                        + " idle boolean NOT NULL DEFAULT false")),
                function(EMITTED, "tm_first bigint, tm_last bigint", "void", EMITTED_SQL),
                function(EMIT, "tm_entity text, tm_key text, tm_ops jsonb, tm_creates boolean", "void", INSERT_SQL),
                function(REFUSE_TRUNCATE, "", "trigger", TRUNCATE_SQL));
    }

    private DatabaseObject schemaAndRegistry() {
        String registry = table(
                REGISTRY,
                "kind text NOT NULL, schema text NOT NULL, name text NOT NULL, on_table text NOT NULL,"
                        + " hash text NOT NULL, PRIMARY KEY (kind, schema, name, on_table)");
        return new DatabaseObject(
                new Id(Kind.SCHEMA, "", schema, ""),
                List.of("CREATE SCHEMA " + Sql.name(schema), registry),
                Fingerprint.THERE);
    }

    private DatabaseObject relation(Kind kind, String name, String create) {
        return new DatabaseObject(new Id(kind, schema, name, ""), List.of(create), Fingerprint.THERE);
    }

    private String table(String name, String columns) {
        return "CREATE TABLE " + Sql.name(schema, name) + " (" + columns + ")";
    }

    private DatabaseObject function(String name, String arguments, String returns, String template) {
        Map<String, String> words = Map.of(
                "SCHEMA", Sql.name(schema),
                "EVERY", TRIM_EVERY_IDS,
                "TRIM_MAX", TRIM_ROWS_MAX,
                "ROWS_MAX", Long.toString(rowsMax),
                "CHANNEL", CHANNEL);
        return new FunctionText(schema, name, arguments, returns, "pg_catalog, pg_temp")
                .object(new Template(words).fill(template));
    }
}
