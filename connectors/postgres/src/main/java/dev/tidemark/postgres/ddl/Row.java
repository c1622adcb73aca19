package dev.tidemark.postgres.ddl;

import dev.tidemark.postgres.config.Expression;
import dev.tidemark.postgres.config.TrackedField;
import java.util.List;
import java.util.function.Function;

/** One of the two rows that a trigger sees, and SQL over it. */
enum Row {
    NEW,
    OLD;

    String column(String name) {
        return this + "." + Sql.name(name);
    }

    /** The column as text, as entity keys are. */
    String key(String column) {
        return column(column) + "::pg_catalog.text";
    }

    String expression(Expression expression) {
        return "(" + expression.substitute(this::column) + "\n)";
    }

    /** As jsonb; SQL's null and JSON's are both null. */
    String json(Expression expression) {
        return "NULLIF(pg_catalog.to_jsonb(" + expression(expression) + "), 'null'::pg_catalog.jsonb)";
    }

    /** A function body's lines that append a set for each field that this row has. */
    String sets(List<TrackedField> fields) {
        return full(fields, field -> "");
    }

    /** The same, and an unset for each field that it has not. */
    String setsAndUnsets(List<TrackedField> fields) {
        return full(fields, field -> "    ELSE\n      tm_ops := tm_ops || " + unset(field) + ";\n");
    }

    private String full(List<TrackedField> fields, Function<TrackedField, String> otherwise) {
        StringBuilder lines = new StringBuilder();
        for (TrackedField field : fields) {
            lines.append("    tm_new := ").append(json(field.value())).append(";\n");
            lines.append("    IF tm_new IS NOT NULL THEN\n      tm_ops := tm_ops || ")
                    .append(set(field));
            lines.append(";\n      tm_sets := true;\n")
                    .append(otherwise.apply(field))
                    .append("    END IF;\n");
        }
        return lines.toString();
    }

    /** A function body's lines that append an op for each field that differs between the rows. */
    static String changes(List<TrackedField> fields) {
        StringBuilder lines = new StringBuilder();
        for (TrackedField field : fields) {
            lines.append("    tm_old := ").append(OLD.json(field.value())).append(";\n");
            lines.append("    tm_new := ").append(NEW.json(field.value())).append(";\n");
            lines.append(
                    "    IF tm_new IS DISTINCT FROM tm_old THEN\n      tm_ops := tm_ops || CASE WHEN tm_new IS NULL THEN ");
            lines.append(unset(field)).append(" ELSE ").append(set(field)).append(" END;\n    END IF;\n");
        }
        return lines.toString();
    }

    static String unset(TrackedField field) {
        return "pg_catalog.jsonb_build_object('op', 'unset', 'field', " + Sql.text(field.field()) + ")";
    }

    private static String set(TrackedField field) {
        return "pg_catalog.jsonb_build_object('op', 'set', 'field', " + Sql.text(field.field()) + ", 'value', tm_new)";
    }
}
