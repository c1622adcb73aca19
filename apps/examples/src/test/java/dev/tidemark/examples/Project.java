package dev.tidemark.examples;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;

/** What a test asks of its project over HTTP. */
record Project(RunningTidemark tidemark, String name) {
    private static final Duration DECIDED_MAX = Duration.ofSeconds(30);

    String url(String rest) {
        return tidemark.server() + "/v1/projects/" + name + rest;
    }

    /** Pushes as any HTTP client would. @param mutations JSON, separated by commas */
    JsonNode push(String replica, String mutations) {
        return Http.post(
                        url("/mutations"),
                        "application/json",
                        "{\"replica\":\"" + replica + "\",\"mutations\":[" + mutations + "]}")
                .ok();
    }

    /** Upserts of notes n1, n2, ... with their number. */
    void pushNotes(String replica, int count) {
        StringBuilder mutations = new StringBuilder();
        for (int i = 1; i <= count; i++)
            mutations
                    .append(i == 1 ? "" : ",")
                    .append("{\"local_seq\":" + i + ",\"entity\":\"note\",\"entity_key\":\"n" + i
                            + "\",\"op\":\"upsert\",\"payload\":{\"number\":" + i + "}}");
        push(replica, mutations.toString());
    }

    /** Outcomes of a replica, once that many are decided. */
    JsonNode awaitDecided(String replica, int count) {
        return await(count + " outcomes of " + replica)
                .atMost(DECIDED_MAX)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(100))
                .until(() -> decided(replica), outcomes -> outcomes.size() == count);
    }

    private JsonNode decided(String replica) {
        Http.Answer answer = Http.get(url("/replicas/" + replica + "/seqs?from=0"));
        return answer.status() == 200 ? answer.json() : Http.JSON.createArrayNode();
    }

    JsonNode head() {
        return Http.get(url("/digest")).ok();
    }
}
