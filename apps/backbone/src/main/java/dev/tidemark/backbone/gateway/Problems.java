package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.backbone.push.Waiting;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.query.CursorUnusable;
import dev.tidemark.topology.query.NotServed;
import dev.tidemark.wire.SchemaRegistryException;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into a problem of the contract, and a problem into its answer. */
final class Problems {
    static final String MEDIA_TYPE = "application/problem+json";

    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int RETRY_SECONDS = 1;
    private static final String SAFE = "; sending the same again is safe";

    private Problems() {}

    static Problem of(Throwable error) {
        Throwable cause = error;
        while (isWrapper(cause) && cause.getCause() != null) cause = cause.getCause();
        if (cause instanceof Problem problem) return problem;
        if (cause instanceof CursorUnusable cursor) return Problem.of(status(cursor), cursor.code(), message(cursor));
        if (cause instanceof NotServed)
            return Problem.retry(503, "not_served", message(cause) + "; trying again is safe", RETRY_SECONDS);
        if (cause instanceof Waiting.TooMany)
            return Problem.retry(429, "too_many_requests", message(cause) + SAFE, RETRY_SECONDS);
        if (cause instanceof RecordTooLargeException)
            return Problem.of(413, "too_large", "a mutation is larger than the topics take");
        if (cause instanceof HttpResponseException http) return ofStatus(http.getStatus(), message(http));
        return ofFault(cause);
    }

    /** A problem that has no code of its own. */
    static Problem ofStatus(int status, String detail) {
        return Problem.of(status, code(status), detail);
    }

    /** Faults below the gateway, and what nobody thought of. */
    private static Problem ofFault(Throwable cause) {
        if (cause instanceof TimeoutException)
            return Problem.retry(503, "outcome_pending", "the outcome is not known yet" + SAFE, RETRY_SECONDS);
        if (cause instanceof KafkaException || cause instanceof Cluster.ClusterUnreachable)
            return Problem.retry(503, "kafka_unavailable", "Kafka did not take it" + SAFE, RETRY_SECONDS);
        if (cause instanceof SchemaRegistryException)
            return Problem.retry(503, "registry_unavailable", message(cause) + SAFE, RETRY_SECONDS);
        if (cause instanceof HttpException http) return ofStatus(http.getCode(), String.valueOf(http.getReason()));
        if (cause instanceof IOException)
            return Problem.of(400, "body_unreadable", "the body ends too early, or is not encoded as it says");
        LOG.atError().setCause(cause).log("request failed");
        return Problem.of(500, "internal_error", "something went wrong in Tidemark; its log says more");
    }

    static ObjectNode json(Problem problem) {
        ObjectNode json = ResultJson.object()
                .put("type", "about:blank")
                .put("title", problem.code().replace('_', ' '))
                .put("status", problem.status())
                .put("code", problem.code())
                .put("detail", problem.detail());
        if (problem.retryAfterSeconds() > 0) json.put("retry_after", problem.retryAfterSeconds());
        if (problem.errors().isEmpty()) return json;
        ArrayNode errors = json.putArray("errors");
        for (Problem.Place place : problem.errors()) {
            ObjectNode error = errors.addObject();
            if (place.line() > 0) error.put("line", place.line());
            error.put(place.isPointer() ? "pointer" : "parameter", place.where())
                    .put("detail", place.detail());
        }
        return json;
    }

    static void answer(Context ctx, Problem problem) {
        answer(ctx, problem, ResultJson.object());
    }

    /** @param extension members beside those of every problem */
    static void answer(Context ctx, Problem problem, ObjectNode extension) {
        ObjectNode json = json(problem).setAll(extension);
        if (problem.retryAfterSeconds() > 0) ctx.header("Retry-After", Integer.toString(problem.retryAfterSeconds()));
        ctx.status(problem.status())
                .contentType(MEDIA_TYPE)
                .result(json.toString().getBytes(StandardCharsets.UTF_8));
    }

    static String code(int status) {
        return switch (status) {
            case 400 -> "invalid_request";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 413 -> "too_large";
            case 414 -> "uri_too_long";
            case 431 -> "headers_too_large";
            case 500 -> "internal_error";
            default -> "http_" + status;
        };
    }

    private static boolean isWrapper(Throwable error) {
        return error instanceof CompletionException
                || error instanceof ExecutionException
                || error instanceof UncheckedIOException;
    }

    private static int status(CursorUnusable cursor) {
        return switch (cursor.code()) {
            case CursorUnusable.EXPIRED -> 410;
            case CursorUnusable.AHEAD -> 409;
            default -> 400;
        };
    }

    private static String message(Throwable error) {
        return String.valueOf(error.getMessage());
    }
}
