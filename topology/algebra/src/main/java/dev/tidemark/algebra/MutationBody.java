package dev.tidemark.algebra;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Canonical JSON of what a mutation asks for (semantics, section 3): base_version, create, entity, entity_key and ops in
 * long form. What does not change its effect, like occurred_at, is left out.
 *
 * <p>Invariant: members are written in canonical order by hand; JSON values are spliced in as they are.
 */
final class MutationBody implements Op.Cases<StringBuilder> {
    private final StringBuilder out = new StringBuilder(256);
    private final UnaryOperator<String> values;

    private MutationBody(UnaryOperator<String> values) {
        this.values = values;
    }

    static String ofCanonical(Mutation mutation) {
        return new MutationBody(UnaryOperator.identity()).write(mutation);
    }

    /** A value that has no canonical form stands as a string of its raw text. */
    static String ofRefused(Mutation raw) {
        return new MutationBody(MutationBody::canonicalOrQuoted).write(raw);
    }

    private static String canonicalOrQuoted(String json) {
        try {
            return CanonicalJson.of(json);
        } catch (RefusedJson e) {
            StringBuilder quoted = new StringBuilder(json.length() + 2);
            CanonicalString.appendAny(quoted, json);
            return quoted.toString();
        }
    }

    private String write(Mutation mutation) {
        out.append("{\"base_version\":").append(mutation.baseVersion());
        out.append(",\"create\":").append(mutation.create());
        text(",\"entity\":", entityOf(mutation));
        text(",\"entity_key\":", mutation.key());
        ops(",\"ops\":", mutation.ops());
        return out.append('}').toString();
    }

    private static @Nullable String entityOf(Mutation mutation) {
        if (mutation.entity() != null || mutation.ops().isEmpty()) return mutation.entity();
        return mutation.ops().get(0) instanceof Op.ApplyWhere op ? op.entity() : null;
    }

    @Override
    public StringBuilder put(Op.Put op) {
        return out.append("{\"op\":\"put\",\"payload\":")
                .append(values.apply(op.payload()))
                .append('}');
    }

    @Override
    public StringBuilder set(Op.SetField op) {
        return fieldOp("set", op.field(), op.value());
    }

    @Override
    public StringBuilder unset(Op.UnsetField op) {
        return text("{\"field\":", op.field()).append(",\"op\":\"unset\"}");
    }

    @Override
    public StringBuilder add(Op.AddMember op) {
        return fieldOp("add", op.field(), op.value());
    }

    @Override
    public StringBuilder remove(Op.RemoveMember op) {
        return fieldOp("remove", op.field(), op.value());
    }

    @Override
    public StringBuilder delete(Op.Delete op) {
        return out.append("{\"op\":\"delete\"}");
    }

    @Override
    public StringBuilder applyWhere(Op.ApplyWhere op) {
        text("{\"entity\":", op.entity());
        ops(",\"op\":\"apply_where\",\"ops\":", op.ops());
        return text(",\"query\":", op.query()).append('}');
    }

    @Override
    public StringBuilder unknown(Op.Unknown op) {
        return text("{\"op\":\"unknown\",\"reason\":", op.reason().code()).append('}');
    }

    private StringBuilder fieldOp(String op, String field, String value) {
        text("{\"field\":", field).append(",\"op\":\"").append(op).append("\",\"value\":");
        return out.append(values.apply(value)).append('}');
    }

    private void ops(String before, List<Op> ops) {
        out.append(before).append('[');
        for (int i = 0; i < ops.size(); i++) {
            if (i > 0) out.append(',');
            ops.get(i).match(this);
        }
        out.append(']');
    }

    private StringBuilder text(String before, @Nullable String text) {
        out.append(before);
        if (text == null) out.append("null");
        else CanonicalString.appendAny(out, text);
        return out;
    }
}
