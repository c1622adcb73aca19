package dev.tidemark.postgres.ddl;

import dev.tidemark.postgres.ddl.DatabaseObject.Id;
import dev.tidemark.postgres.ddl.DatabaseObject.Kind;
import java.util.List;

/**
 * A PL/pgSQL function that runs with the rights of its owner, so that whoever may write a captured table needs none on the
 * outbox, and with a fixed search path, so that nobody can put other functions under it.
 */
record FunctionText(String schema, String name, String arguments, String returns, String searchPath) {
    DatabaseObject object(String body) {
        String text = "\n#variable_conflict use_column" + body;
        String function = Sql.name(schema, name) + "(" + arguments + ")";
        String create = "CREATE OR REPLACE FUNCTION " + function + " RETURNS " + returns
                + " LANGUAGE plpgsql SECURITY DEFINER SET search_path = " + searchPath + " AS " + Sql.body(text);
        String lock = "REVOKE ALL ON FUNCTION " + function + " FROM PUBLIC";
        String fingerprint = Fingerprint.function(text, true, "search_path=" + searchPath);
        return new DatabaseObject(new Id(Kind.FUNCTION, schema, name, ""), List.of(create, lock), fingerprint);
    }
}
