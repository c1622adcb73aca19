package dev.tidemark.backbone.gateway;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Op;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One mutation of the contract as JSON, in its long form ({@code ops}) or a short one ({@code op} on the mutation itself). What is
 * malformed is a {@link Problem}; what is merely not acceptable is left to Admit, so that one bad mutation never blocks others.
 */
final class MutationJson {
    private static final int OPS_MAX = 1_000;
    /** Ops of a mutation, and ops of an apply_where among them. */
    private static final int NESTING_MAX = 2;

    private final JsonText json;
    private @Nullable Long localSeq;
    private @Nullable String entity;
    private @Nullable String key;
    private boolean create = true;
    private @Nullable Long baseVersion;
    private @Nullable String occurredAt;
    private @Nullable String project;
    private @Nullable String replica;
    private @Nullable String incarnation;
    private @Nullable List<Op> ops;
    private final OpJson shortForm = new OpJson();

    private MutationJson(JsonText json) {
        this.json = json;
    }

    /** A mutation, and who pushed it where the line says so. */
    record Line(
            Mutation mutation,
            @Nullable String project,
            @Nullable String replica,
            @Nullable String incarnation) {}

    /** The mutation that the parser stands at. */
    static Mutation element(JsonText json, String pointer) {
        MutationJson reader = new MutationJson(json);
        json.object(pointer, (name, at) -> reader.member(name, at, false));
        return reader.mutation(pointer);
    }

    /** A line of a push file. */
    static Line line(String text) {
        try (JsonText json = new JsonText(text)) {
            MutationJson reader = new MutationJson(json);
            json.wholeObject((name, at) -> reader.member(name, at, true));
            return new Line(reader.mutation(""), reader.project, reader.replica, reader.incarnation);
        }
    }

    private void member(String name, String at, boolean inFile) {
        switch (name) {
            case "local_seq" -> localSeq = json.wholeNumber(at);
            case "entity" -> entity = json.string(at);
            case "entity_key" -> key = json.isNull() ? null : json.string(at);
            case "create" -> create = json.flag(at);
            case "base_version" -> baseVersion = json.isNull() ? null : json.wholeNumber(at);
            case "occurred_at" -> occurredAt = json.isNull() ? null : json.string(at);
            case "ops" -> ops = ops(at, 1);
            case "project", "replica", "incarnation" -> {
                if (!inFile) throw Problem.invalid(at, "is no member of a mutation");
                owner(name, json.string(at));
            }
            default -> {
                if (!shortForm.member(json, name, at)) throw Problem.invalid(at, "is no member of a mutation");
            }
        }
    }

    private void owner(String name, String value) {
        if (name.equals("project")) project = value;
        else if (name.equals("replica")) replica = value;
        else incarnation = value;
    }

    private List<Op> ops(String pointer, int nesting) {
        if (nesting > NESTING_MAX) throw Problem.invalid(pointer, "stands too deep: an apply_where has plain ops only");
        List<Op> list = new ArrayList<>();
        json.array(pointer, at -> {
            if (list.size() >= OPS_MAX) throw Problem.invalid(at, "a mutation has at most " + OPS_MAX + " ops");
            OpJson op = new OpJson();
            json.object(at, (name, member) -> {
                if (name.equals("ops")) op.nested(ops(member, nesting + 1));
                else if (name.equals("entity")) op.entity(json.string(member));
                else if (!op.member(json, name, member)) throw Problem.invalid(member, "is no member of an op");
            });
            list.add(op.toOp(at, null));
        });
        return list;
    }

    private Mutation mutation(String pointer) {
        if (localSeq == null) throw Problem.invalid(pointer + "/local_seq", "is missing");
        if (localSeq < 0) throw Problem.invalid(pointer + "/local_seq", "must not be negative");
        List<Op> all = ops;
        if (shortForm.isGiven()) {
            if (shortForm.isApplyWhere()) {
                shortForm.nested(all == null ? List.of() : all);
                all = List.of(shortForm.toOp(pointer, entity));
            } else if (all != null) throw Problem.invalid(pointer + "/op", "a mutation has op or ops, not both");
            else all = List.of(shortForm.toOp(pointer, entity));
        }
        if (all == null || all.isEmpty()) throw Problem.invalid(pointer + "/ops", "a mutation has op or ops");
        if (!(all.get(0) instanceof Op.ApplyWhere)) {
            if (entity == null) throw Problem.invalid(pointer + "/entity", "is missing");
            if (key == null) throw Problem.invalid(pointer + "/entity_key", "is missing");
        }
        return new Mutation(localSeq, entity, key, create, baseVersion, occurredAt, all);
    }
}
