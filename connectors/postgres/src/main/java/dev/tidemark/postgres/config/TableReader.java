package dev.tidemark.postgres.config;

import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.algebra.Query;
import dev.tidemark.algebra.QueryError;
import dev.tidemark.postgres.config.TableSource.Direct;
import dev.tidemark.postgres.config.TableSource.FanOut;
import dev.tidemark.postgres.config.TableSource.FanOutPerRow;
import dev.tidemark.postgres.config.TableSource.MultiValue;
import dev.tidemark.postgres.config.TableSource.OnDelete;
import dev.tidemark.postgres.config.TableSource.OnInsert;
import dev.tidemark.postgres.config.TableSource.RowsFrom;
import dev.tidemark.postgres.config.TableSource.Table;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.regex.Pattern;

/** One entry of {@code sync_sources}: which kind it is, and whether its keys go together. */
final class TableReader {
    private static final String PUBLIC = "public";
    private static final String ID = "id";
    /** A placeholder in quotes would be quoted twice. */
    private static final Pattern QUOTED_PLACEHOLDER = Pattern.compile("['\"]\\{[^{}]+}|\\{[^{}]+}['\"]");

    private static final Pattern LIST_PLACEHOLDER = Pattern.compile("(?i)(\\sin\\s*)\\{[^{}]+}");

    private final JsonNode entry;
    private final String entityOfAll;
    private final BiConsumer<String, String> problems;

    /** @param problems takes a path within the entry and what is wrong there */
    TableReader(JsonNode entry, String entityOfAll, BiConsumer<String, String> problems) {
        this.entry = entry;
        this.entityOfAll = entityOfAll;
        this.problems = problems;
    }

    /** What two entries must not have in common. */
    String identity() {
        return String.join("\0", table(entry).toString(), kind().name(), text("field"), text("query"), rows());
    }

    /** Empty if a problem was reported. */
    Optional<TableSource> read() {
        boolean[] sound = {true};
        Contradictions.in(entry, kind(), entityOfAll, (at, what) -> {
            sound[0] = false;
            problems.accept(at, what);
        });
        if (!sound[0]) return Optional.empty();
        FieldReader fields = new FieldReader(entry, problems);
        return switch (kind()) {
            case DIRECT -> fields.read().map(this::direct);
            case MULTI_VALUE -> fields.expression("filter").map(this::multiValue);
            case FAN_OUT -> queryIsSound() ? fields.read().map(this::fanOut) : Optional.empty();
            case FAN_OUT_PER_ROW -> fields.read().map(this::fanOutPerRow);
        };
    }

    private TableSource direct(List<TrackedField> fields) {
        OnDelete onDelete = entry.has("on_delete") ? OnDelete.DELETE_ENTITY : OnDelete.KEEP_ENTITY;
        return new Direct(table(entry), entity(), text("slot_field"), fields, onInsert(), onDelete);
    }

    private TableSource multiValue(Optional<Expression> filter) {
        String key = text("slot_field");
        return new MultiValue(table(entry), entity(), key, text("field"), text("value_field"), filter, onInsert());
    }

    private TableSource fanOut(List<TrackedField> fields) {
        Optional<Expression> from =
                Optional.of(text("query_source")).filter(sql -> !sql.isEmpty()).map(Expression::new);
        return new FanOut(table(entry), entity(), new Expression(text("query")), from, fields);
    }

    private TableSource fanOutPerRow(List<TrackedField> fields) {
        JsonNode from = entry.path("rows_from");
        RowsFrom rows = new RowsFrom(
                table(from),
                from.path("fk").asText(),
                from.path("slot").asText(ID),
                from.path("parent_key").asText(ID));
        return new FanOutPerRow(table(entry), entity(), rows, fields);
    }

    private boolean queryIsSound() {
        String query = text("query");
        if (QUOTED_PLACEHOLDER.matcher(query).find())
            return refused(
                    "/query", "a placeholder stands in quotes; leave them out, values are quoted as they must be");
        try {
            String lists = LIST_PLACEHOLDER.matcher(query).replaceAll("$1[1]");
            Query.parse(new Expression(lists).substitute(name -> "1"));
            return true;
        } catch (QueryError e) {
            return refused("/query", e.getMessage() + "; write `field eq {column}` or `field in [{column}, 2]`");
        }
    }

    private boolean refused(String path, String what) {
        problems.accept(path, what);
        return false;
    }

    private Kind kind() {
        return Kind.of(entry);
    }

    private OnInsert onInsert() {
        boolean creates =
                entry.path("create").asBoolean(entry.path("sets_alive").asBoolean(false));
        return creates ? OnInsert.CREATE_ENTITY : OnInsert.EXISTING_ENTITY;
    }

    private String entity() {
        return entry.path("entity").asText(entityOfAll);
    }

    private String rows() {
        return entry.path("rows_from").toString();
    }

    private String text(String key) {
        return entry.path(key).asText("");
    }

    private static Table table(JsonNode node) {
        return new Table(
                node.path("table_schema").asText(PUBLIC), node.path("table").asText());
    }
}
