package dev.tidemark.testkit;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import dev.tidemark.model.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Mutations over so few entities, fields and values that everything happens to everything: sets and scalars in one field,
 * deletes and new beginnings, stale bases, ops that cannot be applied. The same random gives the same mutations.
 */
public final class RandomMutations {
    private static final List<String> TYPES = List.of("note", "tag");
    private static final List<String> KEYS = List.of("a", "b", "c/%é");
    private static final List<String> FIELDS = List.of("f", "g", "tags");
    private static final List<String> SCALARS =
            List.of("1", "1.0", "2", "\"x\"", "\"\\u0078\"", "\"y\"", "true", "null");
    private static final List<String> OTHERS = List.of("[2,1,2]", "[\"x\",1]", "[]", "[[1]]", "{\"n\":null,\"a\":1}");
    private static final List<String> NO_JSON = List.of("{bad", "1e999", "{\"a\":1,\"a\":2}", "\"\\ud800\"");
    private static final List<String> TIMES = List.of("2026-11-20T05:00:00Z", "2026-11-20T06:30:00+01:00");

    /** What a mutation may be, in percent; the rest are ops on one entity that may be applied. */
    public record Mix(int applyWherePercent, int baseVersionPercent, int brokenPercent) {
        public static final Mix EVERYTHING = new Mix(6, 10, 4);
        /** Only what cannot be rejected for its form, and no conflict. */
        public static final Mix PLAIN = new Mix(0, 0, 0);

        public Mix withApplyWhere(int percent) {
            return new Mix(percent, baseVersionPercent, brokenPercent);
        }
    }

    private final Random random;
    private final Mix mix;

    public RandomMutations(Random random, Mix mix) {
        this.random = random;
        this.mix = mix;
    }

    public Mutation next(long localSeq) {
        if (chance(mix.applyWherePercent())) return applyWhere(localSeq);
        List<Op> ops = ops();
        if (chance(mix.brokenPercent())) ops.set(random.nextInt(ops.size()), broken());
        return new Mutation(localSeq, one(TYPES), one(KEYS), !chance(12), baseVersion(), occurredAt(), ops);
    }

    /** One to three ops on one entity. */
    public List<Op> ops() {
        List<Op> ops = new ArrayList<>();
        do ops.add(op());
        while (ops.size() < 3 && chance(30));
        return ops;
    }

    private Mutation applyWhere(long localSeq) {
        String type = one(TYPES);
        String query = chance(mix.brokenPercent()) ? "f eq" : query();
        Op op = new Op.ApplyWhere(type, query, chance(mix.brokenPercent()) ? List.of() : ops());
        return new Mutation(localSeq, chance(50) ? type : null, null, !chance(12), null, occurredAt(), List.of(op));
    }

    /** One or two terms. */
    public String query() {
        return chance(30) ? term() + " AND " + term() : term();
    }

    private String term() {
        if (chance(60)) return one(FIELDS) + " eq " + one(SCALARS);
        return one(FIELDS) + " in [" + one(SCALARS) + ", " + one(SCALARS) + "]";
    }

    private Op op() {
        int dice = random.nextInt(100);
        if (dice < 14) return new Op.Put(payload());
        if (dice < 40) return new Op.SetField(one(FIELDS), value());
        if (dice < 48) return new Op.UnsetField(one(FIELDS));
        if (dice < 72) return new Op.AddMember(one(FIELDS), chance(95) ? one(SCALARS) : one(OTHERS));
        if (dice < 90) return new Op.RemoveMember(one(FIELDS), chance(95) ? one(SCALARS) : one(OTHERS));
        return new Op.Delete();
    }

    private Op broken() {
        List<Supplier<Op>> ways = List.of(
                () -> new Op.Unknown(Reason.UNKNOWN_OP),
                () -> new Op.SetField("f", one(NO_JSON)),
                () -> new Op.Put(one(NO_JSON)),
                () -> new Op.Put("[1]"),
                () -> new Op.SetField("", "1"),
                () -> new Op.ApplyWhere("note", "f eq 1", List.of(new Op.Delete())));
        return ways.get(random.nextInt(ways.size())).get();
    }

    private String payload() {
        StringBuilder payload = new StringBuilder("{");
        for (String field : FIELDS) {
            if (chance(50)) continue;
            if (payload.length() > 1) payload.append(", ");
            payload.append('"').append(field).append("\": ").append(value());
        }
        return payload.append('}').toString();
    }

    private String value() {
        return chance(65) ? one(SCALARS) : one(OTHERS);
    }

    private @Nullable Long baseVersion() {
        return chance(mix.baseVersionPercent()) ? (long) random.nextInt(5) : null;
    }

    private @Nullable String occurredAt() {
        return chance(30) ? one(TIMES) : null;
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private String one(List<String> of) {
        return of.get(random.nextInt(of.size()));
    }
}
