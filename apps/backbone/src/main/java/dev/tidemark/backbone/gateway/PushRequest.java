package dev.tidemark.backbone.gateway;

import dev.tidemark.model.Mutation;
import dev.tidemark.model.Names;
import dev.tidemark.model.ReplicaId;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The JSON body of a push, structurally valid: names are names, local seqs rise.
 *
 * @param cursor the replica's own position; null: not said
 */
record PushRequest(
        ReplicaId replica,
        @Nullable Long ackedThrough,
        @Nullable Long follows,
        @Nullable String cursor,
        List<Mutation> mutations) {
    /** Mutations of one request; they are cut into several batches. */
    static final int MUTATIONS_MAX = 10_000;

    static final String INCARNATION_DEFAULT = "0";

    static PushRequest parse(String project, String body) {
        try (JsonText json = new JsonText(body)) {
            return new Reader(json).read(project);
        }
    }

    private static final class Reader {
        private final JsonText json;
        private @Nullable String replica;
        private String incarnation = INCARNATION_DEFAULT;
        private @Nullable Long ackedThrough;
        private @Nullable Long follows;
        private @Nullable String cursor;
        private @Nullable List<Mutation> mutations;

        Reader(JsonText json) {
            this.json = json;
        }

        PushRequest read(String project) {
            json.wholeObject(this::member);
            if (replica == null) throw Problem.invalid("/replica", "is missing");
            Valid.name("/replica", replica);
            Valid.name("/incarnation", incarnation);
            if (mutations == null || mutations.isEmpty()) throw Problem.invalid("/mutations", "is missing or empty");
            checkOrder(mutations);
            return new PushRequest(
                    new ReplicaId(project, replica, incarnation), ackedThrough, follows, cursor, mutations);
        }

        private void member(String name, String at) {
            switch (name) {
                case "replica" -> replica = json.string(at);
                case "incarnation" -> incarnation = json.string(at);
                case "acked_through" -> ackedThrough = json.isNull() ? null : json.wholeNumber(at);
                case "follows" -> follows = json.isNull() ? null : json.wholeNumber(at);
                case "cursor" -> cursor = json.isNull() ? null : json.string(at);
                case "mutations" -> mutations = mutations(at);
                default -> throw Problem.invalid(at, "is no member of a push");
            }
        }

        private List<Mutation> mutations(String pointer) {
            List<Mutation> list = new ArrayList<>();
            json.array(pointer, at -> {
                if (list.size() >= MUTATIONS_MAX)
                    throw Problem.invalid(
                            at, "a request has at most " + MUTATIONS_MAX + " mutations; send more requests");
                list.add(MutationJson.element(json, at));
            });
            return list;
        }

        private static void checkOrder(List<Mutation> mutations) {
            for (int i = 1; i < mutations.size(); i++)
                if (mutations.get(i).localSeq() <= mutations.get(i - 1).localSeq())
                    throw Problem.invalid(
                            "/mutations/" + i + "/local_seq",
                            "must be above " + mutations.get(i - 1).localSeq() + ", the one before");
        }
    }

    /** Names of the contract. */
    static final class Valid {
        private Valid() {}

        static String name(String pointer, String name) {
            if (!Names.isName(name))
                throw Problem.invalid(
                        pointer, "must be 1 to 128 of letters, digits, '.', '_', '-', with no leading dot");
            return name;
        }
    }
}
