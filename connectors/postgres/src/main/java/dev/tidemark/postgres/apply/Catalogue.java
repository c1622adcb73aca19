package dev.tidemark.postgres.apply;

import dev.tidemark.postgres.config.TableSource.Table;
import dev.tidemark.postgres.ddl.DatabaseObject.Id;
import dev.tidemark.postgres.ddl.DatabaseObject.Kind;
import dev.tidemark.postgres.ddl.Fingerprint;
import dev.tidemark.postgres.ddl.Outbox;
import dev.tidemark.postgres.ddl.Sql;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is there: tables with their columns, and objects that are or could be ours. Only reads. */
final class Catalogue {
    private static final String COLUMNS = """
            SELECT a.attname FROM pg_catalog.pg_attribute a
              JOIN pg_catalog.pg_class c ON c.oid = a.attrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relname = ? AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped
            """;

    private static final String RELATIONS = """
            SELECT c.relname, c.relkind::text FROM pg_catalog.pg_class c
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = ? AND c.relkind IN ('r', 'S')
            """;

    private static final String FUNCTIONS = """
            SELECT p.proname, p.prosrc, p.prosecdef, pg_catalog.array_to_string(p.proconfig, ',')
            FROM pg_catalog.pg_proc p JOIN pg_catalog.pg_namespace n ON n.oid = p.pronamespace
            WHERE n.nspname = ?
            """;

    private static final String TRIGGERS = """
            SELECT n.nspname, c.relname, t.tgname, t.tgtype, t.tgenabled::text, fn.nspname || '.' || f.proname
            FROM pg_catalog.pg_trigger t
              JOIN pg_catalog.pg_class c ON c.oid = t.tgrelid
              JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
              JOIN pg_catalog.pg_proc f ON f.oid = t.tgfoid
              JOIN pg_catalog.pg_namespace fn ON fn.oid = f.pronamespace
            WHERE NOT t.tgisinternal AND t.tgparentid = 0 AND t.tgname LIKE 'tidemark%'
            """;

    private final Connection connection;
    private final String schema;

    Catalogue(Connection connection, String schema) {
        this.connection = connection;
        this.schema = schema;
    }

    /** Empty if there is no such table. */
    Set<String> columns(Table table) throws SQLException {
        return new HashSet<>(Rows.of(connection, COLUMNS, row -> row.getString(1), table.schema(), table.name()));
    }

    boolean hasSchema() throws SQLException {
        String sql = "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = ?";
        return !Rows.of(connection, sql, row -> 1, schema).isEmpty();
    }

    /** Every object that could be ours, with how it looks; the registry says which is. */
    Map<Id, String> objects() throws SQLException {
        Map<Id, String> found = new TreeMap<>(Planner.BY_NAME);
        if (hasSchema()) found.put(new Id(Kind.SCHEMA, "", schema, ""), Fingerprint.THERE);
        for (Id id : Rows.of(connection, RELATIONS, this::relation, schema))
            if (!id.name().equals(Outbox.REGISTRY)) found.put(id, Fingerprint.THERE);
        Rows.of(connection, FUNCTIONS, row -> found.put(function(row), functionLook(row)), schema);
        Rows.of(connection, TRIGGERS, row -> found.put(trigger(row), triggerLook(row)));
        return found;
    }

    /** What the registry lists; empty where there is none. */
    Set<Id> owned() throws SQLException {
        if (!hasTable(Outbox.REGISTRY)) return Set.of();
        String sql = "SELECT kind, schema, name, on_table FROM " + Sql.name(schema, Outbox.REGISTRY);
        List<Id> ids = Rows.of(
                connection,
                sql,
                row -> new Id(Kind.valueOf(row.getString(1)), row.getString(2), row.getString(3), row.getString(4)));
        return ids.stream().collect(Collectors.toSet());
    }

    boolean hasTable(String name) throws SQLException {
        return !columns(new Table(schema, name)).isEmpty();
    }

    private Id relation(ResultSet row) throws SQLException {
        Kind kind = row.getString(2).equals("S") ? Kind.SEQUENCE : Kind.TABLE;
        return new Id(kind, schema, row.getString(1), "");
    }

    private Id function(ResultSet row) throws SQLException {
        return new Id(Kind.FUNCTION, schema, row.getString(1), "");
    }

    private static String functionLook(ResultSet row) throws SQLException {
        String settings = row.getString(4);
        return Fingerprint.function(row.getString(2), row.getBoolean(3), settings == null ? "" : settings);
    }

    private static Id trigger(ResultSet row) throws SQLException {
        return new Id(Kind.TRIGGER, row.getString(1), row.getString(3), row.getString(2));
    }

    private static String triggerLook(ResultSet row) throws SQLException {
        return Fingerprint.trigger(row.getInt(4), row.getString(5), row.getString(6));
    }
}
