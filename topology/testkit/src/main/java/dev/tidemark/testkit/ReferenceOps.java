package dev.tidemark.testkit;

import dev.tidemark.algebra.CanonicalJson;
import dev.tidemark.model.Op;
import dev.tidemark.model.Reason;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The table of ops of semantics section 2, a row a method. An entity that is there is a map of its fields to canonical values;
 * one that is not there is null.
 */
final class ReferenceOps {
    private ReferenceOps() {}

    /** An op cannot be applied, so none of its mutation is. */
    static final class Rejected extends Exception {
        private static final long serialVersionUID = 1L;
        private final Reason reason;

        Rejected(Reason reason) {
            super(reason.code());
            this.reason = reason;
        }

        Reason reason() {
            return reason;
        }
    }

    /** All ops in sequence; the map given is not changed. */
    static @Nullable Map<String, String> apply(List<Op> ops, boolean create, @Nullable Map<String, String> before)
            throws Rejected {
        @Nullable Map<String, String> fields = before == null ? null : new TreeMap<>(before);
        for (Op op : ops) fields = apply(op, create, fields);
        return fields;
    }

    private static @Nullable Map<String, String> apply(Op op, boolean create, @Nullable Map<String, String> fields)
            throws Rejected {
        if (op instanceof Op.Delete) return null;
        if (op instanceof Op.Put put) return put(put, create, fields);
        if (op instanceof Op.SetField set) return set(set, create, fields);
        if (op instanceof Op.UnsetField unset) return unset(unset.field(), fields);
        if (op instanceof Op.AddMember add) return add(add, create, fields);
        if (op instanceof Op.RemoveMember remove) return remove(remove, fields);
        throw new IllegalArgumentException("not an op on one entity: " + op);
    }

    private static @Nullable Map<String, String> put(Op.Put op, boolean create, @Nullable Map<String, String> fields) {
        if (fields == null && !create) return null;
        Map<String, String> payload = new TreeMap<>(CanonicalJson.members(CanonicalJson.of(op.payload())));
        payload.values().removeIf(value -> value.equals("null"));
        return payload;
    }

    private static @Nullable Map<String, String> set(
            Op.SetField op, boolean create, @Nullable Map<String, String> fields) {
        String value = CanonicalJson.of(op.value());
        if (value.equals("null")) return unset(op.field(), fields);
        if (fields == null && !create) return null;
        Map<String, String> after = fields == null ? new TreeMap<>() : fields;
        after.put(op.field(), value);
        return after;
    }

    private static @Nullable Map<String, String> unset(String field, @Nullable Map<String, String> fields) {
        if (fields != null) fields.remove(field);
        return fields;
    }

    private static @Nullable Map<String, String> add(
            Op.AddMember op, boolean create, @Nullable Map<String, String> fields) throws Rejected {
        String value = CanonicalJson.of(op.value());
        if (!isScalar(value)) throw new Rejected(Reason.TYPE_MISMATCH);
        if (fields == null && !create) return null;
        Map<String, String> after = fields == null ? new TreeMap<>() : fields;
        String old = after.get(op.field());
        if (old != null && !isSet(old)) throw new Rejected(Reason.TYPE_MISMATCH);
        TreeSet<String> members = old == null ? noMembers() : members(old);
        members.add(value);
        after.put(op.field(), CanonicalJson.array(members));
        return after;
    }

    private static @Nullable Map<String, String> remove(Op.RemoveMember op, @Nullable Map<String, String> fields) {
        String old = fields == null ? null : fields.get(op.field());
        if (fields == null || old == null) return fields;
        String value = CanonicalJson.of(op.value());
        if (isScalar(old) && old.equals(value)) fields.remove(op.field());
        if (!isSet(old)) return fields;
        TreeSet<String> members = members(old);
        members.remove(value);
        if (members.isEmpty()) fields.remove(op.field());
        else fields.put(op.field(), CanonicalJson.array(members));
        return fields;
    }

    private static boolean isScalar(String value) {
        return !value.startsWith("{") && !value.startsWith("[");
    }

    private static boolean isSet(String value) {
        return value.startsWith("[") && CanonicalJson.elements(value).stream().allMatch(ReferenceOps::isScalar);
    }

    private static TreeSet<String> members(String array) {
        TreeSet<String> members = noMembers();
        members.addAll(CanonicalJson.elements(array));
        return members;
    }

    private static TreeSet<String> noMembers() {
        return new TreeSet<>(CanonicalJson.NAMES);
    }
}
