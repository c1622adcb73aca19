package dev.tidemark.cli.it;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;

/** One project of the server. */
final class ProjectApi {
    private static final int SEQS_A_PAGE = 10_000;

    private final Api api;
    private final String name;
    private final String path;

    ProjectApi(Api api, String name) {
        this.api = api;
        this.name = name;
        this.path = "/v1/projects/" + name;
    }

    String name() {
        return name;
    }

    Api api() {
        return api;
    }

    /** @param rest of the path, from a slash or question mark on */
    String at(String rest) {
        return path + rest;
    }

    Reply push(PushBody body) {
        return api.post(at("/mutations"), body.toString());
    }

    /** Pushes what must be taken. @return the answer */
    JsonNode pushed(PushBody body) {
        return push(body).expect(200).json();
    }

    /** @param query of the pull, without question mark */
    Reply pull(String query) {
        return api.get(at("/changes?" + query));
    }

    JsonNode pulled(String query) {
        return pull(query).expect(200).json();
    }

    /** The head as the digest resource shows it. */
    JsonNode head() {
        return api.get(at("/digest")).expect(200).json();
    }

    String headCursor() {
        return head().path("cursor").asText();
    }

    Reply target(String target) {
        return api.get(at("/targets/" + target));
    }

    JsonNode targetNow(String target) {
        return target(target).expect(200).json();
    }

    Reply ack(String target, String cursor) {
        return ack(target, Reply.JSON.createObjectNode().put("cursor", cursor));
    }

    Reply ack(String target, ObjectNode body) {
        return api.post(at("/targets/" + target + "/ack"), body.toString());
    }

    Reply reset(String target, String cursor) {
        ObjectNode body = Reply.JSON.createObjectNode().put("cursor", cursor);
        return api.post(at("/targets/" + target + "/reset"), body.toString());
    }

    /** Every decided origin of a replica, through all pages. */
    List<JsonNode> seqs(String replica) {
        List<JsonNode> all = new ArrayList<>();
        String from = "0";
        while (!from.isEmpty()) {
            Reply page = api.get(at("/replicas/" + replica + "/seqs?limit=" + SEQS_A_PAGE + "&from=" + from))
                    .expect(200);
            page.json().forEach(all::add);
            from = page.header("Tidemark-Next");
        }
        return all;
    }

    JsonNode record(long seq) {
        return api.get(at("/seqs/" + seq)).expect(200).json();
    }

    Reply entity(String entity, String key) {
        return api.get(at("/entities/" + entity + "?key=" + Api.encoded(key)));
    }
}
