package dev.tidemark.algebra;

import dev.tidemark.model.Op;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Fewer ops with the same effect, without knowing the image (semantics, section 2; L1): what a connector may do before it
 * produces. Per field the last put, set, unset or delete kills what precedes it; member ops fold only on fields declared as
 * sets, to the last per (field, member). Only ops that cannot be rejected may be folded.
 */
public final class StatelessFold {
    private StatelessFold() {}

    /**
     * @param ops canonical, on one entity, none an apply_where
     * @param create whether put, set and add may create an entity that is not there
     * @param sets fields that hold nothing but sets of scalars, or nothing
     * @return ops with the same effect on every image whose {@code sets} fields are sets
     */
    public static List<Op> fold(List<Op> ops, boolean create, Set<String> sets) {
        if (!create) return foldWithoutCreating(ops, sets);
        return foldCreating(ops, sets);
    }

    /** Behind a delete nothing comes into being again, so only the delete counts. */
    private static List<Op> foldWithoutCreating(List<Op> ops, Set<String> sets) {
        for (Op op : ops) if (op instanceof Op.Delete) return List.of(op);
        return foldCreating(ops, sets);
    }

    private static List<Op> foldCreating(List<Op> ops, Set<String> sets) {
        int whole = lastWhole(ops);
        List<Op> rest = ops.subList(whole + 1, ops.size());
        Map<String, List<Op>> byField = new LinkedHashMap<>();
        for (Op op : rest) fold(byField, op, sets);
        List<Op> folded = new ArrayList<>();
        if (whole >= 0) folded.add(ops.get(whole));
        boolean stillCreates = byField.values().stream().flatMap(List::stream).anyMatch(StatelessFold::creates);
        boolean isThere = whole >= 0 && ops.get(whole) instanceof Op.Put;
        if (!isThere && !stillCreates)
            rest.stream().filter(StatelessFold::creates).findFirst().ifPresent(folded::add);
        byField.values().forEach(folded::addAll);
        return folded;
    }

    private static int lastWhole(List<Op> ops) {
        for (int i = ops.size() - 1; i >= 0; i--)
            if (ops.get(i) instanceof Op.Put || ops.get(i) instanceof Op.Delete) return i;
        return -1;
    }

    private static boolean creates(Op op) {
        if (op instanceof Op.SetField set) return !CanonicalJson.isNull(set.value());
        return op instanceof Op.AddMember;
    }

    private static void fold(Map<String, List<Op>> byField, Op op, Set<String> sets) {
        String field = fieldOf(op);
        List<Op> before = byField.computeIfAbsent(field, f -> new ArrayList<>());
        if (op instanceof Op.SetField || op instanceof Op.UnsetField) before.clear();
        else if (sets.contains(field)) before.removeIf(earlier -> sameMember(earlier, op));
        before.add(op);
    }

    private static boolean sameMember(Op earlier, Op op) {
        String member = memberOf(op);
        return !member.isEmpty() && member.equals(memberOf(earlier));
    }

    private static String memberOf(Op op) {
        if (op instanceof Op.AddMember add) return add.value();
        if (op instanceof Op.RemoveMember remove) return remove.value();
        return "";
    }

    private static String fieldOf(Op op) {
        if (op instanceof Op.SetField set) return set.field();
        if (op instanceof Op.UnsetField unset) return unset.field();
        if (op instanceof Op.AddMember add) return add.field();
        if (op instanceof Op.RemoveMember remove) return remove.field();
        throw new IllegalArgumentException("only set, unset, add and remove are folded by field");
    }
}
