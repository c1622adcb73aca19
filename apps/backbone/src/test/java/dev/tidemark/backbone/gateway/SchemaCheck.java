package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds JSON against a schema of the document: the part of JSON Schema that the document uses, and nothing beside it. */
final class SchemaCheck {
    private static final Set<String> KNOWN = Set.of(
            "$ref",
            "type",
            "properties",
            "required",
            "additionalProperties",
            "items",
            "enum",
            "const",
            "pattern",
            "minimum",
            "maximum",
            "minLength",
            "maxLength",
            "minItems",
            "maxItems",
            "oneOf",
            "anyOf",
            "description",
            "examples",
            "default",
            "format");

    private final List<String> faults = new ArrayList<>();

    private SchemaCheck() {}

    /** What is wrong, each with its place; empty: it conforms. */
    static List<String> faults(JsonNode schema, JsonNode value) {
        SchemaCheck check = new SchemaCheck();
        check.check(schema, value, "");
        return check.faults;
    }

    private void check(JsonNode schema, JsonNode value, String at) {
        for (Map.Entry<String, JsonNode> keyword : schema.properties()) {
            if (!KNOWN.contains(keyword.getKey())) faults.add(at + ": the check knows no keyword " + keyword.getKey());
            check(keyword.getKey(), keyword.getValue(), schema, value, at);
        }
    }

    private void check(String keyword, JsonNode wanted, JsonNode schema, JsonNode value, String at) {
        switch (keyword) {
            case "$ref" -> check(OpenApi.resolved(schema), value, at);
            case "type" -> expect(isOfType(wanted, value), at, "is not " + wanted);
            case "enum" -> expect(contains(wanted, value), at, value + " is not one of " + wanted);
            case "const" -> expect(wanted.equals(value), at, "is not " + wanted);
            case "pattern" ->
                expect(!value.isTextual() || value.asText().matches(wanted.asText()), at, "matches not " + wanted);
            case "minimum" -> expect(!value.isNumber() || value.asLong() >= wanted.asLong(), at, "is below " + wanted);
            case "maximum" -> expect(!value.isNumber() || value.asLong() <= wanted.asLong(), at, "is above " + wanted);
            case "minLength" ->
                expect(!value.isTextual() || value.asText().length() >= wanted.asInt(), at, "is too short");
            case "maxLength" ->
                expect(!value.isTextual() || value.asText().length() <= wanted.asInt(), at, "is too long");
            case "minItems" -> expect(!value.isArray() || value.size() >= wanted.asInt(), at, "has too few");
            case "maxItems" -> expect(!value.isArray() || value.size() <= wanted.asInt(), at, "has too many");
            case "items" -> {
                if (value.isArray()) for (int i = 0; i < value.size(); i++) check(wanted, value.get(i), at + "/" + i);
            }
            case "required" ->
                wanted.forEach(name -> expect(!value.isObject() || value.has(name.asText()), at, "lacks " + name));
            case "properties" -> {
                for (Map.Entry<String, JsonNode> member : value.properties())
                    if (wanted.has(member.getKey()))
                        check(wanted.get(member.getKey()), member.getValue(), at + "/" + member.getKey());
            }
            case "additionalProperties" -> additional(wanted, schema, value, at);
            case "oneOf", "anyOf" -> expect(fitting(wanted, value) > 0, at, value + " fits none of " + keyword);
            default -> {
                // says nothing about the value
            }
        }
    }

    private void additional(JsonNode wanted, JsonNode schema, JsonNode value, String at) {
        Set<String> others = new TreeSet<>();
        value.fieldNames().forEachRemaining(others::add);
        schema.path("properties").fieldNames().forEachRemaining(others::remove);
        if (wanted.isBoolean()) expect(wanted.asBoolean() || others.isEmpty(), at, "has unknown members " + others);
        else others.forEach(name -> check(wanted, value.get(name), at + "/" + name));
    }

    private static int fitting(JsonNode schemas, JsonNode value) {
        int fitting = 0;
        for (JsonNode each : schemas) if (faults(each, value).isEmpty()) fitting++;
        return fitting;
    }

    private static boolean contains(JsonNode all, JsonNode value) {
        for (JsonNode each : all) if (each.equals(value)) return true;
        return false;
    }

    private static boolean isOfType(JsonNode type, JsonNode value) {
        if (type.isArray()) {
            for (JsonNode each : type) if (isOfType(each, value)) return true;
            return false;
        }
        return switch (type.asText()) {
            case "object" -> value.isObject();
            case "array" -> value.isArray();
            case "string" -> value.isTextual();
            case "integer" -> value.isIntegralNumber();
            case "number" -> value.isNumber();
            case "boolean" -> value.isBoolean();
            case "null" -> value.isNull();
            default -> false;
        };
    }

    private void expect(boolean isSo, String at, String fault) {
        if (!isSo) faults.add((at.isEmpty() ? "/" : at) + " " + fault);
    }
}
