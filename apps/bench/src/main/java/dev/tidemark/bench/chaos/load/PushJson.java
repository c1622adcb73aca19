package dev.tidemark.bench.chaos.load;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.util.RawValue;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import java.util.List;

/** Bodies of pushes, as the contract has them. */
final class PushJson {
    private static final ObjectMapper JSON = new ObjectMapper();

    private PushJson() {}

    static String of(String replica, String incarnation, List<Mutation> mutations) {
        ObjectNode body = JSON.createObjectNode().put("replica", replica).put("incarnation", incarnation);
        ArrayNode all = body.putArray("mutations");
        for (Mutation each : mutations) mutation(all.addObject().put("local_seq", each.localSeq()), each);
        return body.toString();
    }

    private static void mutation(ObjectNode json, Mutation mutation) {
        if (mutation.ops().get(0) instanceof Op.ApplyWhere where) {
            json.put("op", "apply_where").put("entity", where.entity()).put("query", where.query());
            ops(json.putArray("ops"), where.ops());
            return;
        }
        json.put("entity", mutation.entity()).put("entity_key", mutation.key());
        ops(json.putArray("ops"), mutation.ops());
    }

    private static void ops(ArrayNode json, List<Op> ops) {
        for (Op each : ops) each.match(new Writer(json.addObject()));
    }

    private record Writer(ObjectNode json) implements Op.Cases<ObjectNode> {
        @Override
        public ObjectNode put(Op.Put op) {
            return json.put("op", "put").putRawValue("payload", new RawValue(op.payload()));
        }

        @Override
        public ObjectNode set(Op.SetField op) {
            return field("set", op.field()).putRawValue("value", new RawValue(op.value()));
        }

        @Override
        public ObjectNode unset(Op.UnsetField op) {
            return field("unset", op.field());
        }

        @Override
        public ObjectNode add(Op.AddMember op) {
            return field("add", op.field()).putRawValue("value", new RawValue(op.value()));
        }

        @Override
        public ObjectNode remove(Op.RemoveMember op) {
            return field("remove", op.field()).putRawValue("value", new RawValue(op.value()));
        }

        @Override
        public ObjectNode delete(Op.Delete op) {
            return json.put("op", "delete");
        }

        @Override
        public ObjectNode applyWhere(Op.ApplyWhere op) {
            throw new IllegalArgumentException("an apply_where stands alone");
        }

        @Override
        public ObjectNode unknown(Op.Unknown op) {
            throw new IllegalArgumentException("not an op to push");
        }

        private ObjectNode field(String word, String field) {
            return json.put("op", word).put("field", field);
        }
    }
}
