package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.JsonNode;
import io.javalin.http.Context;

/** Plain answers. */
final class Answers {
    private Answers() {}

    static void json(Context ctx, JsonNode json) {
        ctx.contentType("application/json").result(json.toString());
    }
}
