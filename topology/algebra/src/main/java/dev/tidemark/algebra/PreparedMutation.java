package dev.tidemark.algebra;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Names;
import dev.tidemark.model.Op;
import dev.tidemark.model.Reason;
import java.time.DateTimeException;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A mutation as received, made canonical, with the hash of its body; or the reason why it can only be rejected. Decided
 * from the mutation alone, before any state is read.
 */
public final class PreparedMutation {
    private static final int TIME_CHARS_MAX = 64;

    private final Mutation mutation;
    private final byte[] body;
    private final @Nullable Reason refused;
    private final @Nullable Query query;

    private PreparedMutation(Mutation mutation, byte[] body, @Nullable Reason refused, @Nullable Query query) {
        this.mutation = mutation;
        this.body = body;
        this.refused = refused;
        this.query = query;
    }

    public static PreparedMutation of(Mutation raw) {
        try {
            Mutation canonical = canonical(raw);
            Op.ApplyWhere where = applyWhereOf(canonical);
            Query query = where == null ? null : Query.parse(where.query());
            return new PreparedMutation(canonical, Hashes.body(canonical), null, query);
        } catch (RefusedJson e) {
            return refused(raw, e.reason());
        } catch (QueryError e) {
            return refused(raw, Reason.QUERY_INVALID);
        } catch (Invalid e) {
            return refused(raw, e.reason);
        }
    }

    private static PreparedMutation refused(Mutation raw, Reason reason) {
        return new PreparedMutation(raw, Hashes.bodyOfRefused(raw), reason, null);
    }

    /** Canonical, unless {@link #refused()}. */
    public Mutation mutation() {
        return mutation;
    }

    public long localSeq() {
        return mutation.localSeq();
    }

    /** First 16 bytes of SHA-256 of the canonical body (semantics, section 3). */
    public byte[] body() {
        return body.clone();
    }

    public boolean hasBody(byte[] other) {
        return Arrays.equals(body, other);
    }

    public @Nullable Reason refused() {
        return refused;
    }

    /** The op, if the mutation is an apply_where. */
    public Op.@Nullable ApplyWhere applyWhere() {
        return refused == null ? applyWhereOf(mutation) : null;
    }

    /** The parsed query of an apply_where; null otherwise. */
    public @Nullable Query query() {
        return query;
    }

    private static Op.@Nullable ApplyWhere applyWhereOf(Mutation mutation) {
        return mutation.ops().get(0) instanceof Op.ApplyWhere where ? where : null;
    }

    private static Mutation canonical(Mutation raw) {
        checkTime(raw.occurredAt());
        if (raw.ops().isEmpty()) throw new Invalid(Reason.INVALID_OP);
        List<Op> ops = new ArrayList<>(raw.ops().size());
        Canonicalizer canonicalizer = new Canonicalizer(raw);
        for (Op op : raw.ops()) ops.add(op.match(canonicalizer));
        if (!(ops.get(0) instanceof Op.ApplyWhere)) checkAddress(raw.entity(), raw.key());
        return new Mutation(
                raw.localSeq(), raw.entity(), raw.key(), raw.create(), raw.baseVersion(), raw.occurredAt(), ops);
    }

    private static void checkAddress(@Nullable String entity, @Nullable String key) {
        if (entity == null || !Names.isName(entity)) throw new Invalid(Reason.INVALID_NAME);
        if (key == null || !Names.isKey(key)) throw new Invalid(Reason.INVALID_KEY);
    }

    private static void checkTime(@Nullable String occurredAt) {
        if (occurredAt == null) return;
        try {
            if (occurredAt.length() > TIME_CHARS_MAX) throw new Invalid(Reason.INVALID_TIME);
            OffsetDateTime.parse(occurredAt);
        } catch (DateTimeException e) {
            throw new Invalid(Reason.INVALID_TIME);
        }
    }

    /** Each op with canonical values, or {@link Invalid}. */
    private record Canonicalizer(Mutation mutation) implements Op.Cases<Op> {
        @Override
        public Op put(Op.Put op) {
            String payload = CanonicalJson.of(op.payload());
            if (!CanonicalJson.isObject(payload)) throw new Invalid(Reason.PAYLOAD_NOT_OBJECT);
            return new Op.Put(payload);
        }

        @Override
        public Op set(Op.SetField op) {
            return new Op.SetField(field(op.field()), CanonicalJson.of(op.value()));
        }

        @Override
        public Op unset(Op.UnsetField op) {
            return new Op.UnsetField(field(op.field()));
        }

        @Override
        public Op add(Op.AddMember op) {
            return new Op.AddMember(field(op.field()), CanonicalJson.of(op.value()));
        }

        @Override
        public Op remove(Op.RemoveMember op) {
            return new Op.RemoveMember(field(op.field()), CanonicalJson.of(op.value()));
        }

        @Override
        public Op delete(Op.Delete op) {
            return op;
        }

        @Override
        public Op applyWhere(Op.ApplyWhere op) {
            boolean alone = mutation.ops().size() == 1 && mutation.key() == null && mutation.baseVersion() == null;
            boolean sameType = mutation.entity() == null || mutation.entity().equals(op.entity());
            if (!alone || !sameType || op.ops().isEmpty()) throw new Invalid(Reason.INVALID_OP);
            if (!Names.isName(op.entity())) throw new Invalid(Reason.INVALID_NAME);
            List<Op> nested = new ArrayList<>(op.ops().size());
            for (Op each : op.ops()) {
                if (each instanceof Op.ApplyWhere) throw new Invalid(Reason.INVALID_OP);
                nested.add(each.match(this));
            }
            return new Op.ApplyWhere(op.entity(), op.query(), nested);
        }

        @Override
        public Op unknown(Op.Unknown op) {
            throw new Invalid(op.reason());
        }

        private static String field(String field) {
            if (!Names.isKey(field)) throw new Invalid(Reason.INVALID_KEY);
            return field;
        }
    }

    /** Leaves the canonicalizer from any depth; caught in {@link #of}. */
    private static final class Invalid extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        Invalid(Reason reason) {
            super(reason.code(), null, false, false);
            this.reason = reason;
        }
    }
}
