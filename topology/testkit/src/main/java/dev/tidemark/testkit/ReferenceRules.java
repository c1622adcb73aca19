package dev.tidemark.testkit;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.algebra.Query;
import dev.tidemark.algebra.QueryError;
import dev.tidemark.algebra.RefusedJson;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.Names;
import dev.tidemark.model.Op;
import dev.tidemark.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What can be said of a mutation or a query without a log. */
final class ReferenceRules {
    private ReferenceRules() {}

    /** Why it can only be rejected; null: it may be applied. */
    static @Nullable Reason refusal(Mutation mutation) {
        if (mutation.ops().isEmpty()) return Reason.INVALID_OP;
        if (mutation.ops().get(0) instanceof Op.ApplyWhere where) return refusal(mutation, where);
        Reason reason = refusal(mutation.ops());
        if (reason != null) return reason;
        if (mutation.entity() == null || !Names.isName(mutation.entity())) return Reason.INVALID_NAME;
        return mutation.key() == null || !Names.isKey(mutation.key()) ? Reason.INVALID_KEY : null;
    }

    private static @Nullable Reason refusal(Mutation mutation, Op.ApplyWhere where) {
        boolean otherType = mutation.entity() != null && !mutation.entity().equals(where.entity());
        if (mutation.ops().size() > 1 || mutation.key() != null || mutation.baseVersion() != null || otherType)
            return Reason.INVALID_OP;
        if (where.ops().isEmpty()) return Reason.INVALID_OP;
        if (!Names.isName(where.entity())) return Reason.INVALID_NAME;
        Reason reason = refusal(where.ops());
        return reason != null ? reason : refusalOfQuery(where.query());
    }

    private static @Nullable Reason refusal(List<Op> ops) {
        for (Op op : ops) {
            Reason reason = refusal(op);
            if (reason != null) return reason;
        }
        return null;
    }

    private static @Nullable Reason refusal(Op op) {
        if (op instanceof Op.Unknown unknown) return unknown.reason();
        if (op instanceof Op.ApplyWhere) return Reason.INVALID_OP;
        String field = fieldOf(op);
        if (field != null && !Names.isKey(field)) return Reason.INVALID_KEY;
        String value = valueOf(op);
        if (value == null) return null;
        try {
            boolean wrong = op instanceof Op.Put && !CanonicalJson.of(value).startsWith("{");
            if (wrong) return Reason.PAYLOAD_NOT_OBJECT;
            CanonicalJson.of(value);
            return null;
        } catch (RefusedJson e) {
            return e.reason();
        }
    }

    private static @Nullable Reason refusalOfQuery(String query) {
        try {
            Query.parse(query);
            return null;
        } catch (QueryError e) {
            return Reason.QUERY_INVALID;
        }
    }

    /** Two mutations have the same body exactly if these are equal. */
    static List<Object> body(Mutation mutation) {
        List<Object> body = new ArrayList<>();
        body.add("entity " + mutation.entity() + " key " + mutation.key());
        body.add("create " + mutation.create() + " base " + mutation.baseVersion());
        body.add(mutation.ops().stream().map(ReferenceRules::body).toList());
        return body;
    }

    private static List<Object> body(Op op) {
        if (op instanceof Op.ApplyWhere where)
            return List.of(
                    where.entity(),
                    where.query(),
                    where.ops().stream().map(ReferenceRules::body).toList());
        String value = valueOf(op);
        return List.of(op.getClass(), "" + fieldOf(op), value == null ? op : canonicalOrAsIs(value));
    }

    private static String canonicalOrAsIs(String value) {
        try {
            return CanonicalJson.of(value);
        } catch (RefusedJson e) {
            return value;
        }
    }

    /** Whether every term has a wanted value: as the field, as a member of it, or null where there is no field. */
    static boolean matches(String query, Map<String, String> fields) {
        for (Query.Term term : Query.parse(query).terms()) {
            Set<String> wanted = Set.copyOf(term.values());
            String value = fields.getOrDefault(term.field(), "null");
            if (valuesIn(value).stream().noneMatch(wanted::contains)) return false;
        }
        return true;
    }

    private static List<String> valuesIn(String value) {
        if (!value.startsWith("[")) return List.of(value);
        List<String> elements = CanonicalJson.elements(value);
        boolean set = elements.stream().noneMatch(element -> element.startsWith("{") || element.startsWith("["));
        return set ? elements : List.of();
    }

    private static @Nullable String fieldOf(Op op) {
        if (op instanceof Op.SetField set) return set.field();
        if (op instanceof Op.UnsetField unset) return unset.field();
        if (op instanceof Op.AddMember add) return add.field();
        return op instanceof Op.RemoveMember remove ? remove.field() : null;
    }

    private static @Nullable String valueOf(Op op) {
        if (op instanceof Op.Put put) return put.payload();
        if (op instanceof Op.SetField set) return set.value();
        if (op instanceof Op.AddMember add) return add.value();
        return op instanceof Op.RemoveMember remove ? remove.value() : null;
    }
}
