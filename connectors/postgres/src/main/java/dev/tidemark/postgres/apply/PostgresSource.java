package dev.tidemark.postgres.apply;

import dev.tidemark.postgres.apply.Change.Action;
import dev.tidemark.postgres.apply.SourceStatus.OutboxState;
import dev.tidemark.postgres.config.SourceConfig;
import dev.tidemark.postgres.config.TableSource.Table;
import dev.tidemark.postgres.ddl.DatabaseObject;
import dev.tidemark.postgres.ddl.Outbox;
import dev.tidemark.postgres.ddl.SourceObjects;
import dev.tidemark.postgres.ddl.Sql;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** A source's objects in its database: what would change, changing it, taking it all away, how it stands. */
public final class PostgresSource {
    /** CREATE OR REPLACE TRIGGER, by which a trigger is never missing for a moment. */
    private static final int SERVER_VERSION_MIN = 14;

    private final Connection connection;
    private final SourceConfig config;
    private final Catalogue catalogue;

    /** @param connection in auto-commit, and left so */
    public PostgresSource(Connection connection, SourceConfig config) {
        this.connection = connection;
        this.config = config;
        this.catalogue = new Catalogue(connection, config.schema());
    }

    /**
     * What an apply would do; touches nothing.
     *
     * @throws SourceRefused if the config and the database do not go together
     */
    public List<Change> plan() throws SQLException {
        List<Change> changes = new ArrayList<>(planner().changes(wanted()));
        sourceRow().ifPresent(changes::add);
        return changes;
    }

    /**
     * Makes the database what the config wants.
     *
     * @param done is told of each change after its commit
     * @return what was changed: nothing, the second time
     */
    public List<Change> apply(Consumer<Change> done) throws SQLException {
        List<Change> changes = plan();
        new Applier(connection).run(changes, done);
        return changes;
    }

    /** Drops everything of ours, and nothing else. @return what was dropped */
    public List<Change> teardown(Consumer<Change> done) throws SQLException {
        List<Change> changes = planner().drops(Set.of());
        new Applier(connection).run(changes, done);
        return changes;
    }

    public SourceStatus status() throws SQLException {
        List<DatabaseObject> wanted = wanted();
        List<Change> drift = plan();
        long wrong = drift.stream()
                .filter(change -> change.action() == Action.CREATE || change.action() == Action.REPLACE)
                .count();
        return new SourceStatus(wanted.size() - (int) wrong, drift, outbox());
    }

    private Planner planner() throws SQLException {
        return new Planner(config.schema(), catalogue.objects(), catalogue.owned());
    }

    private List<DatabaseObject> wanted() throws SQLException {
        int version = connection.getMetaData().getDatabaseMajorVersion();
        if (version < SERVER_VERSION_MIN)
            throw new SourceRefused(
                    "the server is PostgreSQL " + version + "; " + SERVER_VERSION_MIN + " or later is needed");
        Map<Table, Set<String>> columns = new HashMap<>();
        for (Table table : NamedColumns.of(config).byTable().keySet()) columns.put(table, catalogue.columns(table));
        new ConfigCheck(connection, columns).check(config);
        return new SourceObjects(config, table -> columns.getOrDefault(table, Set.of())).all();
    }

    /** The row of this source, where it is missing or of another config; a new one is a new incarnation. */
    private Optional<Change> sourceRow() throws SQLException {
        Map<String, String> hashes = sources();
        for (String other : hashes.keySet())
            if (!other.equals(config.source()))
                throw new SourceRefused("schema " + config.schema() + " belongs to source " + other
                        + "; give another `schema`, or tear that source down first");
        if (config.hash().equals(hashes.get(config.source()))) return Optional.empty();
        String sql =
                "INSERT INTO " + Sql.name(config.schema(), Outbox.SOURCE) + " (name, incarnation, config_hash) VALUES ("
                        + Sql.text(config.source()) + ", pg_catalog.gen_random_uuid()::text, " + Sql.text(config.hash())
                        + ") ON CONFLICT (name) DO UPDATE SET config_hash = excluded.config_hash";
        return Optional.of(new Change(Action.RECORD, "config of source " + config.source(), List.of(sql)));
    }

    private Map<String, String> sources() throws SQLException {
        Map<String, String> hashes = new HashMap<>();
        if (!catalogue.hasTable(Outbox.SOURCE)) return hashes;
        String sql = "SELECT name, config_hash FROM " + Sql.name(config.schema(), Outbox.SOURCE);
        Rows.of(connection, sql, row -> hashes.put(row.getString(1), row.getString(2)));
        return hashes;
    }

    private Optional<OutboxState> outbox() throws SQLException {
        if (!catalogue.hasTable(Outbox.SOURCE) || !catalogue.hasTable(Outbox.OUTBOX)) return Optional.empty();
        String sql = "SELECT s.name, s.incarnation, o.rows, o.age_ms, s.lost_through FROM "
                + Sql.name(config.schema(), Outbox.SOURCE) + " s, (SELECT count(*) AS rows, coalesce(extract(epoch FROM"
                + " clock_timestamp() - min(written_at)) * 1000, 0)::bigint AS age_ms FROM "
                + Sql.name(config.schema(), Outbox.OUTBOX) + ") o WHERE s.name = ?";
        return Rows.of(
                        connection,
                        sql,
                        row -> new OutboxState(
                                row.getString(1), row.getString(2), row.getLong(3), row.getLong(4), row.getLong(5)),
                        config.source())
                .stream()
                .findFirst();
    }
}
