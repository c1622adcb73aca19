package dev.tidemark.postgres.ddl;

import dev.tidemark.postgres.config.Expression;
import dev.tidemark.postgres.config.TableSource.FanOut;
import java.util.List;
import java.util.Set;

/**
 * SQL for the text of a fan-out's query with its placeholders filled in, each with the JSON of its value: that is how the
 * query grammar quotes. Null if one of them is null or an empty list, as nothing can match then.
 */
record QueryText(FanOut source, Set<String> columns, Row row) {
    String sql() {
        List<String> literals = source.query().literals();
        List<String> names = source.query().names();
        StringBuilder sql = new StringBuilder(Sql.text(literals.get(0)));
        for (int i = 0; i < names.size(); i++) {
            sql.append(" || NULLIF(").append(value(names.get(i))).append("::pg_catalog.text, '[]')");
            sql.append(" || ").append(Sql.text(literals.get(i + 1)));
        }
        return sql.toString();
    }

    private String value(String name) {
        boolean fromSource = !columns.contains(name) && source.querySource().isPresent();
        if (!fromSource) return row.json(Expression.ofColumn(name));
        return row.json(new Expression("(" + source.querySource().get().text() + "\n)"));
    }
}
