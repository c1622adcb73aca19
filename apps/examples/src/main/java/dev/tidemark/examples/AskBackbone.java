package dev.tidemark.examples;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Iterator;

/** Asks a running backbone: one entity by key, a type page by page, what changed since last time. Arguments: server, project, type, key. */
public final class AskBackbone {
    private static final int PAGE_ROWS = 100;

    private AskBackbone() {}

    public static void main(String[] args) {
        BackboneClient backbone = new BackboneClient(
                args.length > 0 ? args[0] : "http://127.0.0.1:7070", args.length > 1 ? args[1] : "notes");
        String type = args.length > 2 ? args[2] : "note";
        String key = args.length > 3 ? args[3] : "d1";

        System.out.println(key + " is "
                + backbone.entity(type, key).map(JsonNode::toString).orElse("not there"));

        Iterator<JsonNode> starred = backbone.entities(type, "stars eq 4", PAGE_ROWS);
        while (starred.hasNext())
            System.out.println(
                    "four stars: " + starred.next().path("entity_key").asText());

        ChangeFeed feed = new ChangeFeed(backbone, "ask-backbone");
        int taken = feed.takeAll(change -> System.out.println("changed: " + change));
        System.out.println(taken + " changes since the last run");
    }
}
