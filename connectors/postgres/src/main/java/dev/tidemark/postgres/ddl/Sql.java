package dev.tidemark.postgres.ddl;

import dev.tidemark.postgres.config.TableSource.Table;

/** Names and texts as SQL takes them, whatever characters they have. */
public final class Sql {
    private Sql() {}

    /** An identifier, in double quotes. */
    public static String name(String identifier) {
        return "\"" + identifier.replace("\"", "\"\"") + "\"";
    }

    public static String name(String schema, String identifier) {
        return name(schema) + "." + name(identifier);
    }

    public static String name(Table table) {
        return name(table.schema(), table.name());
    }

    /** A string constant that no setting of the session can change the meaning of. */
    public static String text(String value) {
        String doubled = value.replace("'", "''");
        return value.indexOf('\\') < 0 ? "'" + doubled + "'" : " E'" + doubled.replace("\\", "\\\\") + "'";
    }

    /** The body of a function, between dollar quotes that do not appear in it. */
    static String body(String body) {
        String tag = "$tidemark$";
        for (int i = 0; body.contains(tag); i++) tag = "$tidemark" + i + "$";
        return tag + body + tag;
    }
}
