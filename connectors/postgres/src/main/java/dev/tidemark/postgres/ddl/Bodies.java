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

/**
 * Bodies of the trigger functions, one form for each kind. Invariant: each is an AFTER ROW trigger, so that the outbox id is
 * drawn while the row is locked, and id order is right for every row.
 */
final class Bodies {
    private static final String DECLARE = """

            DECLARE
              tm_ops jsonb := '[]';
              tm_new jsonb;
              tm_old jsonb;
              tm_sets boolean := false;
              tm_query text;
              tm_before text;
              tm_first bigint;
              tm_last bigint;
            """;

    private static final String DIRECT = DECLARE + """
            BEGIN
              IF TG_OP = 'UPDATE' AND NEW_KEY IS NOT DISTINCT FROM OLD_KEY THEN
            CHANGES
                IF tm_ops <> '[]' AND NEW_KEY IS NOT NULL THEN
                  PERFORM EMIT(ENTITY, NEW_KEY, tm_ops, false);
                END IF;
                RETURN NULL;
              END IF;
              IF TG_OP <> 'INSERT' THEN
                IF DELETES AND OLD_KEY IS NOT NULL THEN
                  PERFORM EMIT(ENTITY, OLD_KEY, '[{"op":"delete"}]', false);
                END IF;
              END IF;
              IF TG_OP <> 'DELETE' THEN
                IF NEW_KEY IS NULL THEN
                  RETURN NULL;
                END IF;
            FULL
                IF CREATES AND NOT tm_sets THEN
                  tm_ops := pg_catalog.jsonb_build_array(A_SET, AN_UNSET) || tm_ops;
                END IF;
                IF tm_ops <> '[]' THEN
                  PERFORM EMIT(ENTITY, NEW_KEY, tm_ops, CREATES);
                END IF;
              END IF;
              RETURN NULL;
            END
            """;

    private static final String MULTI_VALUE = """

            DECLARE
              tm_was boolean := false;
              tm_is boolean := false;
              tm_old jsonb;
              tm_new jsonb;
            BEGIN
              IF TG_OP <> 'INSERT' THEN
                tm_old := OLD_VALUE;
                tm_was := COALESCE(OLD_FILTER, false) AND OLD_KEY IS NOT NULL AND tm_old IS NOT NULL;
              END IF;
              IF TG_OP <> 'DELETE' THEN
                tm_new := NEW_VALUE;
                tm_is := COALESCE(NEW_FILTER, false) AND NEW_KEY IS NOT NULL AND tm_new IS NOT NULL;
              END IF;
              IF tm_was AND tm_is THEN
                IF OLD_KEY = NEW_KEY AND tm_old = tm_new THEN
                  RETURN NULL;
                END IF;
              END IF;
              IF tm_was THEN
                PERFORM EMIT(ENTITY, OLD_KEY, pg_catalog.jsonb_build_array(
                  pg_catalog.jsonb_build_object('op', 'remove', 'field', FIELD, 'value', tm_old)), false);
              END IF;
              IF tm_is THEN
                PERFORM EMIT(ENTITY, NEW_KEY, pg_catalog.jsonb_build_array(
                  pg_catalog.jsonb_build_object('op', 'add', 'field', FIELD, 'value', tm_new)), CREATES);
              END IF;
              RETURN NULL;
            END
            """;

    private static final String FAN_OUT = DECLARE + """
            BEGIN
              tm_query := NEW_QUERY;
              IF tm_query IS NULL THEN
                RETURN NULL;
              END IF;
              IF TG_OP = 'INSERT' THEN
            SETS
              ELSE
                tm_before := OLD_QUERY;
                IF tm_before = tm_query THEN
            CHANGES
                ELSE
            FULL
                END IF;
              END IF;
              IF tm_ops <> '[]' THEN
                PERFORM EMIT(ENTITY,
                  'where ' || pg_catalog.encode(pg_catalog.sha256(pg_catalog.convert_to(tm_query, 'UTF8')), 'hex'),
                  pg_catalog.jsonb_build_array(pg_catalog.jsonb_build_object(
                    'op', 'apply_where', 'entity', ENTITY, 'query', tm_query, 'ops', tm_ops)), false);
              END IF;
              RETURN NULL;
            END
            """;

    private static final String FAN_OUT_PER_ROW = DECLARE + """
            BEGIN
              IF TG_OP = 'INSERT' THEN
            SETS
              ELSE
                IF NEW_KEY IS NOT DISTINCT FROM OLD_KEY THEN
            CHANGES
                ELSE
            FULL
                END IF;
              END IF;
              IF tm_ops = '[]' THEN
                RETURN NULL;
              END IF;
              WITH put AS (
                INSERT INTO OUTBOX (entity, entity_key, ops, creates)
                  SELECT ENTITY, c.slot, tm_ops, false
                  FROM (SELECT DISTINCT SLOT::pg_catalog.text AS slot FROM CHILD WHERE FK = PARENT_KEY) c
                  WHERE c.slot IS NOT NULL ORDER BY c.slot
                RETURNING id
              )
              SELECT pg_catalog.min(id), pg_catalog.max(id) INTO tm_first, tm_last FROM put;
              IF tm_first IS NOT NULL THEN
                PERFORM EMITTED(tm_first, tm_last);
              END IF;
              RETURN NULL;
            END
            """;

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
        return new Template(words).fill(DIRECT);
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
        return new Template(words).fill(MULTI_VALUE);
    }

    /** @param columns of the table; what the query names beside them is the query source */
    String fanOut(FanOut source, Set<String> columns) {
        Map<String, String> words = fields(source.entity(), source.fields());
        for (Row row : Row.values()) words.put(row + "_QUERY", new QueryText(source, columns, row).sql());
        return new Template(words).fill(FAN_OUT);
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
        return new Template(words).fill(FAN_OUT_PER_ROW);
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
