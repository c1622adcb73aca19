package dev.tidemark.cli.it;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.ArrayList;
import java.util.List;

/** The body of a push, put together as text so that nothing corrects what a test sends. */
final class PushBody {
    private final List<String> members = new ArrayList<>();
    private final List<String> mutations = new ArrayList<>();

    private PushBody() {}

    static PushBody by(String replica) {
        return new PushBody().with("replica", quoted(replica));
    }

    /** @param json any text */
    PushBody with(String member, String json) {
        members.add(quoted(member) + ":" + json);
        return this;
    }

    PushBody withText(String member, String text) {
        return with(member, quoted(text));
    }

    PushBody upsert(long localSeq, String key, String payload) {
        return mutation(localSeq, key, "\"op\":\"upsert\",\"payload\":" + payload);
    }

    PushBody delete(long localSeq, String key) {
        return mutation(localSeq, key, "\"op\":\"delete\"");
    }

    PushBody add(long localSeq, String key, String field, String value) {
        return mutation(localSeq, key, "\"op\":\"add\",\"field\":" + quoted(field) + ",\"value\":" + value);
    }

    /** @param rest further members of the mutation of a note */
    PushBody mutation(long localSeq, String key, String rest) {
        return mutation(
                "{\"local_seq\":" + localSeq + ",\"entity\":\"note\",\"entity_key\":" + quoted(key) + "," + rest + "}");
    }

    PushBody mutation(String json) {
        mutations.add(json);
        return this;
    }

    @Override
    public String toString() {
        List<String> all = new ArrayList<>(members);
        all.add("\"mutations\":[" + String.join(",", mutations) + "]");
        return "{" + String.join(",", all) + "}";
    }

    static String quoted(String text) {
        return TextNode.valueOf(text).toString();
    }
}
