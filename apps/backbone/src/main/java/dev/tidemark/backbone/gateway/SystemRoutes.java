package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Health, metrics and the contract itself. */
final class SystemRoutes {
    private final Services services;

    SystemRoutes(Services services) {
        this.services = services;
    }

    void live(Context ctx) {
        Answers.json(ctx, ResultJson.object().put("live", true));
    }

    void ready(Context ctx) {
        Health health = services.health().get();
        ObjectNode json = ResultJson.object()
                .put("ready", health.ready())
                .put("admit", health.admit())
                .put("materialize", health.materialize());
        if (!health.failure().isEmpty()) json.put("failure", health.failure());
        if (!health.ready()) ctx.status(503).header("Retry-After", "1");
        Answers.json(ctx, json);
    }

    void metrics(Context ctx) {
        ctx.contentType("text/plain; version=0.0.4; charset=utf-8")
                .result(services.metrics().get());
    }

    void openapi(Context ctx) {
        try (InputStream in = SystemRoutes.class.getResourceAsStream("/dev/tidemark/backbone/openapi.json")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            ctx.contentType("application/json").result(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
