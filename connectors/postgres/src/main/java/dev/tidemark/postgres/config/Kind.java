package dev.tidemark.postgres.config;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** The kinds of entries, in the order in which their keys decide, and the keys that each may have. */
enum Kind {
    MULTI_VALUE(List.of("slot_field", "field", "value_field", "filter", "sets_alive", "create")),
    FAN_OUT_PER_ROW(List.of("type", "rows_from", "track_fields", "computed_fields")),
    FAN_OUT(List.of("type", "query", "query_source", "track_fields", "computed_fields")),
    DIRECT(List.of("slot_field", "track_fields", "computed_fields", "sets_alive", "create", "on_delete"));

    /** What every entry may have; {@code dependsOn} is read by no one, here as in the configs that have it. */
    private static final List<String> OF_ALL = List.of("table", "table_schema", "entity", "dependsOn");

    private final List<String> keys;

    Kind(List<String> keys) {
        this.keys = keys;
    }

    static Kind of(JsonNode entry) {
        if (entry.has("field")) return MULTI_VALUE;
        if (entry.has("rows_from") || entry.path("type").asText().equals("fan_out_per_row")) return FAN_OUT_PER_ROW;
        return entry.has("query") || entry.has("type") ? FAN_OUT : DIRECT;
    }

    boolean mayHave(String key) {
        return keys.contains(key) || OF_ALL.contains(key);
    }

    /** As a person would say it. */
    String words() {
        return switch (this) {
            case MULTI_VALUE -> "a multi-value entry (it has `field`)";
            case FAN_OUT_PER_ROW -> "a fan-out per row (it has `rows_from` or that type)";
            case FAN_OUT -> "a fan-out (it has `query` or that type)";
            case DIRECT -> "a direct entry (it has neither `field`, `query` nor `rows_from`)";
        };
    }

    List<String> needs() {
        return switch (this) {
            case MULTI_VALUE -> List.of("slot_field", "value_field");
            case FAN_OUT_PER_ROW -> List.of("rows_from");
            case FAN_OUT -> List.of("query");
            case DIRECT -> List.of("slot_field");
        };
    }
}
