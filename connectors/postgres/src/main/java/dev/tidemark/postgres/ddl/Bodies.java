package dev.tidemark.postgres.ddl;

import dev.tidemark.postgres.config.Expression;
import dev.tidemark.postgres.config.SourceConfig;
import dev.tidemark.postgres.config.TableSource.Direct;
import dev.tidemark.postgres.config.TableSource.FanOut;
import dev.tidemark.postgres.config.TableSource.FanOutPerRow;
import dev.tidemark.postgres.config.TableSource.MultiValue;
import dev.tidemark.postgres.config.TableSource.OnDelete;
import dev.tidemark.postgres.config.TableSource.OnInsert;
import dev.tidemark.postgres.config.TableSource.RowsFrom;
import dev.tidemark.postgres.config.TrackedField;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Bodies of the trigger functions: the form of the kind, filled with the names and expressions of a source. */
final class Bodies {
    private final String schema;

    Bodies(SourceConfig config) {
        this.schema = config.schema();
    }

    String direct(Direct source) {
        Map<String, String> words = words(source.entity(), source.keyColumn());
        TrackedField first = source.fields().get(0);
        boolean deletes = source.onDelete() == OnDelete.DELETE_ENTITY;
        // where a deleted row leaves its entity, a new row of that key must clear what the old one left
        words.put("FULL", deletes ? Row.NEW.sets(source.fields()) : Row.NEW.setsAndUnsets(source.fields()));
        words.put("CHANGES", Row.changes(source.fields()));
        words.put("DELETES", Boolean.toString(deletes));
        words.put("CREATES", creates(source.onInsert()));
        // a row of nulls is an entity too: a set that is taken back creates it and leaves nothing
        words.put(
                "A_SET",
                "pg_catalog.jsonb_build_object('op', 'set', 'field', " + Sql.text(first.field()) + ", 'value', true)");
        words.put("AN_UNSET", Row.unset(first));
        return new Template(words).fill(BodyTemplates.DIRECT);
    }

    String multiValue(MultiValue source) {
        Map<String, String> words = words(source.entity(), source.keyColumn());
        Expression value = Expression.ofColumn(source.valueColumn());
        for (Row row : Row.values()) {
            words.put(row + "_VALUE", row.json(value));
            words.put(row + "_FILTER", source.filter().map(row::expression).orElse("true"));
        }
        words.put("FIELD", Sql.text(source.field()));
        words.put("CREATES", creates(source.onInsert()));
        return new Template(words).fill(BodyTemplates.MULTI_VALUE);
    }

    /** @param columns of the table; what the query names beside them is the query source */
    String fanOut(FanOut source, Set<String> columns) {
        Map<String, String> words = fields(source.entity(), source.fields());
        for (Row row : Row.values()) words.put(row + "_QUERY", new QueryText(source, columns, row).sql());
        return new Template(words).fill(BodyTemplates.FAN_OUT);
    }

    String fanOutPerRow(FanOutPerRow source) {
        RowsFrom rows = source.rowsFrom();
        Map<String, String> words = fields(source.entity(), source.fields());
        words.putAll(words(source.entity(), rows.parentKey()));
        words.put("OUTBOX", Sql.name(schema, Outbox.OUTBOX));
        words.put("SLOT", "r." + Sql.name(rows.slot()));
        words.put("FK", "r." + Sql.name(rows.fk()));
        words.put("CHILD", Sql.name(rows.table()) + " r");
        words.put("PARENT_KEY", Row.NEW.column(rows.parentKey()));
        return new Template(words).fill(BodyTemplates.FAN_OUT_PER_ROW);
    }

    private Map<String, String> fields(String entity, List<TrackedField> fields) {
        Map<String, String> words = shared(entity);
        words.put("SETS", Row.NEW.sets(fields));
        words.put("FULL", Row.NEW.setsAndUnsets(fields));
        words.put("CHANGES", Row.changes(fields));
        return words;
    }

    private Map<String, String> words(String entity, String keyColumn) {
        Map<String, String> words = shared(entity);
        for (Row row : Row.values()) words.put(row + "_KEY", row.key(keyColumn));
        return words;
    }

    private Map<String, String> shared(String entity) {
        Map<String, String> words = new HashMap<>();
        words.put("ENTITY", Sql.text(entity));
        words.put("EMIT", Sql.name(schema, Outbox.EMIT));
        words.put("EMITTED", Sql.name(schema, Outbox.EMITTED));
        return words;
    }

    private static String creates(OnInsert onInsert) {
        return Boolean.toString(onInsert == OnInsert.CREATE_ENTITY);
    }
}
