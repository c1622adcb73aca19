package dev.tidemark.examples;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.function.Consumer;

/**
 * What changed since the last run. The server keeps the position under a name; it moves when it is acked, and that is done after a page
 * has been taken: who dies in between gets the page again.
 */
final class ChangeFeed {
    private static final int PAGE_ROWS = 500;

    private final BackboneClient backbone;
    private final String target;

    ChangeFeed(BackboneClient backbone, String target) {
        this.backbone = backbone;
        this.target = target;
    }

    /** @return how many there were */
    int takeAll(Consumer<JsonNode> taker) {
        int taken = 0;
        JsonNode page;
        do {
            page = backbone.get("/changes?target=" + target + "&limit=" + PAGE_ROWS);
            page.path("changes").forEach(taker);
            taken += page.path("changes").size();
            ack(page.path("cursor").asText());
        } while (page.path("has_more").asBoolean());
        return taken;
    }

    private void ack(String cursor) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("cursor", cursor);
        backbone.post("/targets/" + target + "/ack", body);
    }
}
