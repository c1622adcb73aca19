package dev.tidemark.postgres.ddl;

/**
 * The form of a trigger function for each kind of source; words in capitals that are not SQL are filled in. Invariant: each
 * is for an AFTER ROW trigger, so that the outbox id is drawn while the row is locked, and id order is right for every row.
 */
final class BodyTemplates {
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

    static final String DIRECT = DECLARE + """
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

    static final String MULTI_VALUE = """

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

    static final String FAN_OUT = DECLARE + """
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

    static final String FAN_OUT_PER_ROW = DECLARE + """
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

    private BodyTemplates() {}
}
