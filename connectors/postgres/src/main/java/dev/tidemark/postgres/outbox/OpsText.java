package dev.tidemark.postgres.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.cfg.JsonNodeFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.tidemark.model.Op;
import java.util.ArrayList;
import java.util.List;

/** The ops of a row, as the triggers write them (semantics, section 2). */
final class OpsText {
    private static final int OPS_MAX = 1_000;
    /** Numbers stay as they are written: no double on the way. */
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private OpsText() {}

    /** @throws IllegalArgumentException with what is wrong */
    static List<Op> parse(String text) {
        try {
            return ops(JSON.readTree(text), true);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("ops is no JSON: " + e.getOriginalMessage(), e);
        }
    }

    private static List<Op> ops(JsonNode array, boolean mayFanOut) {
        if (!array.isArray() || array.isEmpty()) throw new IllegalArgumentException("ops is no array of ops");
        if (array.size() > OPS_MAX) throw new IllegalArgumentException("more than " + OPS_MAX + " ops in a row");
        List<Op> ops = new ArrayList<>(array.size());
        for (JsonNode each : array) ops.add(op(each, mayFanOut));
        return ops;
    }

    private static Op op(JsonNode op, boolean mayFanOut) {
        String name = text(op, "op");
        return switch (name) {
            case "put" -> new Op.Put(value(op, "payload"));
            case "set" -> new Op.SetField(text(op, "field"), value(op, "value"));
            case "unset" -> new Op.UnsetField(text(op, "field"));
            case "add" -> new Op.AddMember(text(op, "field"), value(op, "value"));
            case "remove" -> new Op.RemoveMember(text(op, "field"), value(op, "value"));
            case "delete" -> new Op.Delete();
            case "apply_where" -> {
                if (!mayFanOut) throw new IllegalArgumentException("an apply_where inside an apply_where");
                yield new Op.ApplyWhere(text(op, "entity"), text(op, "query"), ops(op.path("ops"), false));
            }
            default -> throw new IllegalArgumentException("\"" + name + "\" is no op");
        };
    }

    private static String text(JsonNode op, String member) {
        JsonNode value = op.path(member);
        if (!value.isTextual()) throw new IllegalArgumentException("an op without a \"" + member + "\" that is text");
        return value.textValue();
    }

    private static String value(JsonNode op, String member) {
        JsonNode value = op.get(member);
        if (value == null) throw new IllegalArgumentException("an op without \"" + member + "\"");
        return value.toString();
    }
}
