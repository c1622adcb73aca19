package dev.tidemark.postgres.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;

/** The tracked and computed fields of an entry, and its other expressions. */
final class FieldReader {
    private final JsonNode entry;
    private final BiConsumer<String, String> problems;
    private final List<TrackedField> fields = new ArrayList<>();
    private final Set<String> names = new HashSet<>();
    private boolean sound = true;

    FieldReader(JsonNode entry, BiConsumer<String, String> problems) {
        this.entry = entry;
        this.problems = problems;
    }

    /** Empty if a problem was reported. */
    Optional<List<TrackedField>> read() {
        JsonNode tracked = entry.path("track_fields");
        for (int i = 0; i < tracked.size(); i++) track("/track_fields/" + i, tracked.get(i));
        JsonNode computed = entry.path("computed_fields");
        for (int i = 0; i < computed.size(); i++) compute("/computed_fields/" + i, computed.get(i));
        check("/query_source", entry.path("query_source").asText(""));
        return sound ? Optional.of(List.copyOf(fields)) : Optional.empty();
    }

    /** Of a key that may be absent: then the inner one is empty. The outer is if a problem was reported. */
    Optional<Optional<Expression>> expression(String key) {
        if (!entry.has(key)) return Optional.of(Optional.empty());
        String text = entry.path(key).asText();
        check("/" + key, text);
        if (text.indexOf('{') < 0) refused("/" + key, "no column; write columns in braces, as column}");
        return sound ? Optional.of(Optional.of(new Expression(text))) : Optional.empty();
    }

    private void track(String path, JsonNode node) {
        if (node.isTextual()) add(path, TrackedField.parse(node.asText()));
        else if (node.has("expression"))
            add(
                    path,
                    new TrackedField(
                            target(path, node),
                            new Expression(node.path("expression").asText())));
        else if (node.has("column"))
            add(
                    path,
                    new TrackedField(
                            target(path, node),
                            Expression.ofColumn(node.path("column").asText())));
        else refused(path, "needs `column` or `expression`");
    }

    private String target(String path, JsonNode node) {
        String target = node.path("target").asText(node.path("column").asText(""));
        if (target.isEmpty()) refused(path, "needs `target`, the field that the expression is for");
        return target;
    }

    private void compute(String path, JsonNode node) {
        String expression = node.path("expression").asText();
        JsonNode value = node.path("value");
        if (value.asText().indexOf('{') >= 0)
            refused(path + "/value", "no braces in a value; give it as an expression");
        String sql =
                value.isMissingNode() ? expression : "CASE WHEN (" + expression + ") THEN " + literal(value) + " END";
        add(path, new TrackedField(node.path("target").asText(), new Expression(sql)));
    }

    private static String literal(JsonNode value) {
        return value.isTextual() ? "'" + value.asText().replace("'", "''") + "'::text" : value.toString();
    }

    private void add(String path, TrackedField field) {
        check(path, field.value().text());
        if (field.field().isEmpty()) refused(path, "no field name; write `expression as field`");
        if (!names.add(field.field()))
            refused(path, "the field " + field.field() + " is given twice; leave one of them");
        fields.add(field);
    }

    private void check(String path, String sql) {
        if (new Expression(sql).substitute(column -> "").indexOf(';') >= 0)
            refused(path, "an expression is a part of one statement and has no semicolon; in a text write chr(59)");
        if (sql.indexOf('\0') >= 0) refused(path, "has a NUL character");
    }

    private void refused(String path, String what) {
        sound = false;
        problems.accept(path, what);
    }
}
