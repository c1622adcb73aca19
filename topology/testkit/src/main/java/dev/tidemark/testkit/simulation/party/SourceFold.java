package dev.tidemark.testkit.simulation.party;

import dev.tidemark.algebra.StatelessFold;
import dev.tidemark.model.Op;
import dev.tidemark.testkit.simulation.ground.Simplification;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How a source makes few ops of many, before it produces them: the stateless fold, or a simplification of it. */
final class SourceFold {
    static final String SET_FIELD = "tags";
    /** Has no effect on any image, and creates none. */
    private static final Op NOTHING = new Op.UnsetField("none");

    private final Simplification simplification;

    SourceFold(Simplification simplification) {
        this.simplification = simplification;
    }

    List<Op> fold(List<Op> ops) {
        List<Op> folded = switch (simplification) {
            case NET_COUNTING -> netCounted(ops);
            case CANCELLED_PAIRS_DROPPED -> withoutPairs(ops);
            default -> StatelessFold.fold(ops, true, Set.of(SET_FIELD));
        };
        return folded.isEmpty() ? List.of(NOTHING) : folded;
    }

    /** Of each member the sum of its adds and removes; where that is 0, nothing. */
    private static List<Op> netCounted(List<Op> ops) {
        List<Op> folded = new ArrayList<>();
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (Op op : ops) {
            if (op instanceof Op.AddMember add) counts.merge(add.value(), 1, Integer::sum);
            else if (op instanceof Op.RemoveMember remove) counts.merge(remove.value(), -1, Integer::sum);
            else folded.add(op);
        }
        counts.forEach((member, count) -> {
            if (count > 0) folded.add(new Op.AddMember(SET_FIELD, member));
            if (count < 0) folded.add(new Op.RemoveMember(SET_FIELD, member));
        });
        return folded;
    }

    /** An add and the remove of the same behind it cancel each other, and the other way round. */
    private static List<Op> withoutPairs(List<Op> ops) {
        List<Op> folded = new ArrayList<>();
        for (Op op : ops) if (!folded.removeIf(earlier -> cancels(earlier, op))) folded.add(op);
        return folded;
    }

    private static boolean cancels(Op earlier, Op later) {
        if (earlier instanceof Op.AddMember add)
            return later instanceof Op.RemoveMember remove && remove.value().equals(add.value());
        if (earlier instanceof Op.RemoveMember remove)
            return later instanceof Op.AddMember add && add.value().equals(remove.value());
        return false;
    }
}
