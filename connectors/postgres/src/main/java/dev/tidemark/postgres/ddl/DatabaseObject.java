package dev.tidemark.postgres.ddl;

import java.util.List;
import java.util.Locale;

/**
 * An object of ours in a database.
 *
 * @param create makes it, or makes it anew in place where it is there; run in one transaction
 * @param fingerprint what the catalogue must show of it, in the words of {@link Fingerprint}
 */
public record DatabaseObject(Id id, List<String> create, String fingerprint) {
    public DatabaseObject {
        create = List.copyOf(create);
    }

    /** In the order of making; dropped the other way round. */
    public enum Kind {
        SCHEMA,
        SEQUENCE,
        TABLE,
        FUNCTION,
        TRIGGER
    }

    /**
     * What it is and what it is called.
     *
     * @param schema its own; of a trigger, its table's
     * @param onTable of a trigger, else empty
     */
    public record Id(Kind kind, String schema, String name, String onTable) {
        /** Drops it, and nothing that depends on it; the schema together with the registry. */
        public List<String> drop() {
            return switch (kind) {
                case SCHEMA ->
                    List.of("DROP TABLE " + Sql.name(name, Outbox.REGISTRY), "DROP SCHEMA " + Sql.name(name));
                case SEQUENCE -> List.of("DROP SEQUENCE " + Sql.name(schema, name));
                case TABLE -> List.of("DROP TABLE " + Sql.name(schema, name));
                case FUNCTION -> List.of("DROP FUNCTION " + Sql.name(schema, name));
                case TRIGGER -> List.of("DROP TRIGGER " + Sql.name(name) + " ON " + Sql.name(schema, onTable));
            };
        }

        @Override
        public String toString() {
            String words = kind.name().toLowerCase(Locale.ROOT);
            if (kind == Kind.SCHEMA) return words + " " + name;
            return kind == Kind.TRIGGER
                    ? words + " " + name + " on " + schema + "." + onTable
                    : words + " " + schema + "." + name;
        }
    }
}
