package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;

/** Health, metrics and the contract itself. */
final class SystemRoutes {
    private static final byte[] OPENAPI = resource("/dev/tidemark/backbone/openapi.json");
    private static final int RETRY_SECONDS = 1;
    /** A topology that stopped for good does not come back by itself. */
    private static final int RETRY_STOPPED_SECONDS = 10;

    private final Services services;

    SystemRoutes(Services services) {
        this.services = services;
    }

    void live(Context ctx) {
        Answers.json(ctx, ResultJson.object().put("live", true));
    }

    /** Not ready is a problem like any other, with the states beside it. */
    void ready(Context ctx) {
        Health health = services.health().get();
        if (!health.ready()) Problems.answer(ctx, notReady(health), states(health));
        else Answers.json(ctx, states(health));
    }

    private static Problem notReady(Health health) {
        if (!health.failure().isEmpty()) return Problem.retry(503, "stopped", health.failure(), RETRY_STOPPED_SECONDS);
        return Problem.retry(
                503,
                "not_ready",
                "starting or restoring: admit is " + health.admit() + ", materialize is " + health.materialize(),
                RETRY_SECONDS);
    }

    private static ObjectNode states(Health health) {
        ObjectNode json = ResultJson.object()
                .put("ready", health.ready())
                .put("admit", health.admit())
                .put("materialize", health.materialize());
        health.partitions().forEach(json.putArray("partitions")::add);
        if (!health.failure().isEmpty()) json.put("failure", health.failure());
        return json;
    }

    /** As Prometheus scrapes it. */
    void metrics(Context ctx) {
        Answers.text(
                ctx,
                "text/plain; version=0.0.4; charset=utf-8",
                services.metrics().get());
    }

    void openapi(Context ctx) {
        Answers.bytes(ctx, Answers.JSON, OPENAPI);
    }

    private static byte[] resource(String name) {
        try (InputStream in = Objects.requireNonNull(SystemRoutes.class.getResourceAsStream(name))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
