package dev.tidemark.postgres.ddl;

import dev.tidemark.postgres.config.SourceConfig;
import dev.tidemark.postgres.config.TableSource;
import dev.tidemark.postgres.config.TableSource.Direct;
import dev.tidemark.postgres.config.TableSource.OnDelete;
import dev.tidemark.postgres.config.TableSource.RowsFrom;
import dev.tidemark.postgres.config.TableSource.Table;
import dev.tidemark.postgres.ddl.DatabaseObject.Id;
import dev.tidemark.postgres.ddl.DatabaseObject.Kind;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;

/** Everything that a source needs in its database, in the order of making. */
public final class SourceObjects {
    private final SourceConfig config;
    private final Function<Table, Set<String>> columns;
    private final Bodies bodies;

    /** @param columns the columns of a captured table, from the catalogue */
    public SourceObjects(SourceConfig config, Function<Table, Set<String>> columns) {
        this.config = config;
        this.columns = columns;
        this.bodies = new Bodies(config);
    }

    public List<DatabaseObject> all() {
        List<DatabaseObject> all = new ArrayList<>(new Outbox(config).objects());
        config.tables().forEach(source -> all.add(function(source)));
        config.tables().forEach(source -> all.add(trigger(source)));
        tables().forEach(table -> all.add(truncateTrigger(table)));
        return all;
    }

    private Set<Table> tables() {
        Set<Table> tables = new LinkedHashSet<>();
        config.tables().forEach(source -> tables.add(source.table()));
        return tables;
    }

    private DatabaseObject function(TableSource source) {
        String searchPath = "pg_catalog, " + Sql.name(source.table().schema()) + ", pg_temp";
        String body = source.match(
                bodies::direct,
                bodies::multiValue,
                fanOut -> bodies.fanOut(fanOut, columns.apply(fanOut.table())),
                bodies::fanOutPerRow);
        return new FunctionText(config.schema(), name(source), "", "trigger", searchPath).object(body);
    }

    private DatabaseObject trigger(TableSource source) {
        return trigger(source.table(), name(source), events(source), name(source));
    }

    private DatabaseObject truncateTrigger(Table table) {
        String name = ObjectName.of(table.name(), identity(table, "truncate", ""));
        return trigger(table, name, TriggerEvents.TRUNCATE, Outbox.REFUSE_TRUNCATE);
    }

    private DatabaseObject trigger(Table table, String name, TriggerEvents events, String function) {
        String on = Sql.name(table);
        String create = "CREATE OR REPLACE TRIGGER " + Sql.name(name) + " " + events.on(on) + " EXECUTE FUNCTION "
                + Sql.name(config.schema(), function) + "()";
        // ALWAYS: also in sessions that apply replication
        String enable = "ALTER TABLE " + on + " ENABLE ALWAYS TRIGGER " + Sql.name(name);
        String fingerprint = Fingerprint.trigger(events, config.schema() + "." + function);
        return new DatabaseObject(
                new Id(Kind.TRIGGER, table.schema(), name, table.name()), List.of(create, enable), fingerprint);
    }

    private static TriggerEvents events(TableSource source) {
        return source.match(
                SourceObjects::events,
                multiValue -> TriggerEvents.ANY_CHANGE,
                fanOut -> TriggerEvents.INSERT_AND_UPDATE,
                fanOutPerRow -> TriggerEvents.INSERT_AND_UPDATE);
    }

    private static TriggerEvents events(Direct direct) {
        return direct.onDelete() == OnDelete.DELETE_ENTITY ? TriggerEvents.ANY_CHANGE : TriggerEvents.INSERT_AND_UPDATE;
    }

    private String name(TableSource source) {
        String what = source.match(
                direct -> "",
                multiValue -> multiValue.field(),
                fanOut -> fanOut.query().text(),
                perRow -> identity(perRow.rowsFrom()));
        return ObjectName.of(
                source.table().name(),
                identity(source.table(), source.getClass().getSimpleName(), what));
    }

    private static String identity(RowsFrom rows) {
        return String.join("\0", rows.table().schema(), rows.table().name(), rows.fk(), rows.slot(), rows.parentKey());
    }

    private String identity(Table table, String kind, String what) {
        return String.join("\0", config.schema(), table.schema(), table.name(), kind, what);
    }
}
