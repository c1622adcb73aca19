package dev.tidemark.wire;

import static dev.tidemark.wire.Checks.text;
import static dev.tidemark.wire.Checks.textOrNull;

import dev.tidemark.model.Reason;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Ops from and to Avro. What a producer got wrong in an op becomes an {@link dev.tidemark.model.Op.Unknown}, never an
 * exception: it costs the mutation, not its batch. An apply_where with a bad op inside is bad as a whole, so that it is
 * rejected once and not skipped at every match.
 */
final class OpMapper {
    private static final dev.tidemark.model.Op INVALID = new dev.tidemark.model.Op.Unknown(Reason.INVALID_OP);
    private static final dev.tidemark.model.Op UNKNOWN = new dev.tidemark.model.Op.Unknown(Reason.UNKNOWN_OP);
    private static final ToAvro TO_AVRO = new ToAvro();

    private OpMapper() {}

    /** A mutation without ops gets a single invalid one. */
    static List<dev.tidemark.model.Op> toModel(List<Op> ops) {
        if (ops.isEmpty()) return List.of(INVALID);
        List<dev.tidemark.model.Op> out = new ArrayList<>(ops.size());
        for (Op op : ops) out.add(toModel(op));
        return out;
    }

    /** @throws IllegalArgumentException if one is unknown: nobody can mean to send that */
    static List<Op> toAvro(List<dev.tidemark.model.Op> ops) {
        List<Op> out = new ArrayList<>(ops.size());
        for (dev.tidemark.model.Op op : ops) out.add(op.match(TO_AVRO));
        return out;
    }

    private static dev.tidemark.model.Op toModel(Op op) {
        return switch (op.getOp()) {
            case PUT -> put(op);
            case SET, ADD, REMOVE -> withFieldAndValue(op);
            case UNSET -> unset(op);
            case DELETE -> has(op, false, false, false, false) ? new dev.tidemark.model.Op.Delete() : INVALID;
            case APPLY_WHERE -> applyWhere(op);
            case UNKNOWN -> UNKNOWN;
        };
    }

    private static dev.tidemark.model.Op put(Op op) {
        String payload = op.getPayload();
        if (payload == null || !has(op, false, false, true, false)) return INVALID;
        return new dev.tidemark.model.Op.Put(payload);
    }

    private static dev.tidemark.model.Op unset(Op op) {
        String field = op.getField();
        if (field == null || !has(op, true, false, false, false)) return INVALID;
        return new dev.tidemark.model.Op.UnsetField(field);
    }

    private static dev.tidemark.model.Op withFieldAndValue(Op op) {
        String field = op.getField();
        String value = op.getValue();
        if (field == null || value == null || !has(op, true, true, false, false)) return INVALID;
        return switch (op.getOp()) {
            case SET -> new dev.tidemark.model.Op.SetField(field, value);
            case ADD -> new dev.tidemark.model.Op.AddMember(field, value);
            default -> new dev.tidemark.model.Op.RemoveMember(field, value);
        };
    }

    private static dev.tidemark.model.Op applyWhere(Op op) {
        String entity = op.getEntity();
        String query = op.getQuery();
        List<Op> nested = op.getOps();
        if (entity == null || query == null || nested == null || !has(op, false, false, false, true)) return INVALID;
        List<dev.tidemark.model.Op> ops = toModel(nested);
        dev.tidemark.model.Op bad = firstBad(ops);
        return bad == null ? new dev.tidemark.model.Op.ApplyWhere(entity, query, ops) : bad;
    }

    private static dev.tidemark.model.@Nullable Op firstBad(List<dev.tidemark.model.Op> ops) {
        for (dev.tidemark.model.Op op : ops) {
            if (op instanceof dev.tidemark.model.Op.Unknown) return op;
            if (op instanceof dev.tidemark.model.Op.ApplyWhere) return INVALID;
        }
        return null;
    }

    /** Whether the op has nothing but what is its own: a member that would be ignored is not what its sender meant. */
    private static boolean has(Op op, boolean field, boolean value, boolean payload, boolean where) {
        return (field || op.getField() == null)
                && (value || op.getValue() == null)
                && (payload || op.getPayload() == null)
                && (where || (op.getEntity() == null && op.getQuery() == null && op.getOps() == null));
    }

    private static final class ToAvro implements dev.tidemark.model.Op.Cases<Op> {
        @Override
        public Op put(dev.tidemark.model.Op.Put op) {
            Op out = of(OpKind.PUT, null, null);
            out.setPayload(text(op.payload()));
            return out;
        }

        @Override
        public Op set(dev.tidemark.model.Op.SetField op) {
            return of(OpKind.SET, op.field(), op.value());
        }

        @Override
        public Op unset(dev.tidemark.model.Op.UnsetField op) {
            return of(OpKind.UNSET, op.field(), null);
        }

        @Override
        public Op add(dev.tidemark.model.Op.AddMember op) {
            return of(OpKind.ADD, op.field(), op.value());
        }

        @Override
        public Op remove(dev.tidemark.model.Op.RemoveMember op) {
            return of(OpKind.REMOVE, op.field(), op.value());
        }

        @Override
        public Op delete(dev.tidemark.model.Op.Delete op) {
            return of(OpKind.DELETE, null, null);
        }

        @Override
        public Op applyWhere(dev.tidemark.model.Op.ApplyWhere op) {
            Op out = of(OpKind.APPLY_WHERE, null, null);
            out.setEntity(text(op.entity()));
            out.setQuery(text(op.query()));
            out.setOps(toAvro(op.ops()));
            return out;
        }

        @Override
        public Op unknown(dev.tidemark.model.Op.Unknown op) {
            throw new IllegalArgumentException("an op that is unknown cannot be sent");
        }

        private static Op of(OpKind kind, @Nullable String field, @Nullable String value) {
            Op out = new Op();
            out.setOp(kind);
            out.setField(textOrNull(field));
            out.setValue(textOrNull(value));
            return out;
        }
    }
}
