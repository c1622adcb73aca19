package dev.tidemark.postgres.apply;

import dev.tidemark.postgres.apply.Change.Action;
import dev.tidemark.postgres.ddl.DatabaseObject;
import dev.tidemark.postgres.ddl.DatabaseObject.Id;
import dev.tidemark.postgres.ddl.DatabaseObject.Kind;
import dev.tidemark.postgres.ddl.Outbox;
import dev.tidemark.postgres.ddl.Sql;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * Which changes lead from what is there to what is wanted.
 *
 * <p>Invariant: an object that is there and not in the registry is somebody else's: it is never replaced and never dropped.
 *
 * @param found how each object looks that could be ours
 * @param owned what the registry lists
 */
record Planner(String schema, Map<Id, String> found, Set<Id> owned) {
    static final Comparator<Id> BY_NAME = Comparator.comparing(Id::kind)
            .thenComparing(Id::schema)
            .thenComparing(Id::onTable)
            .thenComparing(Id::name);

    /** @throws SourceRefused if a wanted name is taken by an object that is not ours */
    List<Change> changes(List<DatabaseObject> wanted) {
        List<Change> changes = new ArrayList<>();
        for (DatabaseObject object : wanted) change(object).ifPresent(changes::add);
        Set<Id> stays = new HashSet<>();
        wanted.forEach(object -> stays.add(object.id()));
        changes.addAll(drops(stays));
        return changes;
    }

    /** Drops of everything owned that does not stay: triggers first, the schema last. */
    List<Change> drops(Set<Id> stays) {
        List<Id> doomed = new ArrayList<>(owned);
        doomed.removeAll(stays);
        doomed.sort(BY_NAME.reversed());
        return doomed.stream().map(this::drop).toList();
    }

    private Optional<Change> change(DatabaseObject object) {
        Id id = object.id();
        if (!found.containsKey(id)) return Optional.of(new Change(Action.CREATE, id.toString(), registered(object)));
        if (!owned.contains(id)) throw new SourceRefused(inTheWay(id));
        if (Objects.equals(found.get(id), object.fingerprint())) return Optional.empty();
        return Optional.of(new Change(Action.REPLACE, id.toString(), registered(object)));
    }

    private static String inTheWay(Id id) {
        if (id.kind() == Kind.SCHEMA)
            return id + " is there and was not made by this source; give another as `schema` in the config";
        return id + " is there and was not made by this source; rename it, or drop it if nobody needs it";
    }

    private Change drop(Id id) {
        List<String> sql = new ArrayList<>();
        boolean there = found.containsKey(id);
        if (there) sql.addAll(id.drop());
        if (id.kind() != Kind.SCHEMA) sql.add(forget(id));
        return new Change(there ? Action.DROP : Action.FORGET, id.toString(), sql);
    }

    private List<String> registered(DatabaseObject object) {
        List<String> sql = new ArrayList<>(object.create());
        Id id = object.id();
        sql.add("INSERT INTO " + registry() + " (kind, schema, name, on_table, hash) VALUES ("
                + String.join(
                        ", ",
                        Sql.text(id.kind().name()),
                        Sql.text(id.schema()),
                        Sql.text(id.name()),
                        Sql.text(id.onTable()),
                        Sql.text(object.fingerprint()))
                + ") ON CONFLICT (kind, schema, name, on_table) DO UPDATE SET hash = excluded.hash");
        return sql;
    }

    private String forget(Id id) {
        return "DELETE FROM " + registry() + " WHERE kind = "
                + Sql.text(id.kind().name()) + " AND schema = "
                + Sql.text(id.schema()) + " AND name = " + Sql.text(id.name()) + " AND on_table = "
                + Sql.text(id.onTable());
    }

    private String registry() {
        return Sql.name(schema, Outbox.REGISTRY);
    }
}
