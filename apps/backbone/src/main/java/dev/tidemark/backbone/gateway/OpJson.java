package dev.tidemark.backbone.gateway;

import dev.tidemark.model.Op;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One op of the contract as JSON; on an op object of its own, or on the mutation itself. */
final class OpJson {
    private @Nullable String op;
    private @Nullable String field;
    private @Nullable String value;
    private @Nullable String payload;
    private @Nullable String query;
    private @Nullable String entity;
    private @Nullable List<Op> nested;

    /** @return whether that is a member of an op */
    boolean member(JsonText json, String name, String at) {
        switch (name) {
            case "op" -> op = json.string(at);
            case "field" -> field = json.string(at);
            case "value" -> value = json.raw(at);
            case "payload" -> payload = json.raw(at);
            case "query" -> query = json.string(at);
            default -> {
                return false;
            }
        }
        return true;
    }

    void nested(List<Op> ops) {
        nested = ops;
    }

    void entity(String type) {
        entity = type;
    }

    boolean isGiven() {
        return op != null || field != null || value != null || payload != null || query != null;
    }

    boolean isApplyWhere() {
        return "apply_where".equals(op) || "queryOpSet".equals(op);
    }

    /** @param mutationEntity entity type of the mutation, for an apply_where that names none */
    Op toOp(String pointer, @Nullable String mutationEntity) {
        if (op == null) throw Problem.invalid(pointer + "/op", "is missing");
        return switch (op) {
            case "put", "upsert" -> {
                only(pointer, true, false, false);
                yield new Op.Put(need(payload, pointer, "payload"));
            }
            case "set" -> {
                only(pointer, false, true, true);
                yield new Op.SetField(need(field, pointer, "field"), need(value, pointer, "value"));
            }
            case "unset" -> {
                only(pointer, false, true, false);
                yield new Op.UnsetField(need(field, pointer, "field"));
            }
            case "add" -> {
                only(pointer, false, true, true);
                yield new Op.AddMember(need(field, pointer, "field"), need(value, pointer, "value"));
            }
            case "remove" -> {
                only(pointer, false, true, true);
                yield new Op.RemoveMember(need(field, pointer, "field"), need(value, pointer, "value"));
            }
            case "delete" -> {
                only(pointer, false, false, false);
                yield new Op.Delete();
            }
            case "apply_where", "queryOpSet" -> applyWhere(pointer, mutationEntity);
            default ->
                throw Problem.invalid(
                        pointer + "/op",
                        "is no op; there are upsert (put), set, unset, add, remove, delete, apply_where");
        };
    }

    private Op applyWhere(String pointer, @Nullable String mutationEntity) {
        if (payload != null || field != null || value != null)
            throw Problem.invalid(pointer, "an apply_where has entity, query and ops only");
        if (nested == null || nested.isEmpty()) throw Problem.invalid(pointer + "/ops", "is missing or empty");
        for (Op each : nested)
            if (each instanceof Op.ApplyWhere)
                throw Problem.invalid(pointer + "/ops", "an apply_where cannot stand inside another");
        String type = entity != null ? entity : mutationEntity;
        return new Op.ApplyWhere(need(type, pointer, "entity"), need(query, pointer, "query"), nested);
    }

    private void only(String pointer, boolean mayPayload, boolean mayField, boolean mayValue) {
        if (payload != null && !mayPayload) throw Problem.invalid(pointer + "/payload", "does not belong to op " + op);
        if (field != null && !mayField) throw Problem.invalid(pointer + "/field", "does not belong to op " + op);
        if (value != null && !mayValue) throw Problem.invalid(pointer + "/value", "does not belong to op " + op);
        if (query != null) throw Problem.invalid(pointer + "/query", "does not belong to op " + op);
        if (nested != null) throw Problem.invalid(pointer + "/ops", "does not belong to op " + op);
        if (entity != null) throw Problem.invalid(pointer + "/entity", "does not belong to op " + op);
    }

    private static String need(@Nullable String value, String pointer, String name) {
        if (value == null) throw Problem.invalid(pointer + "/" + name, "is missing");
        return value;
    }
}
