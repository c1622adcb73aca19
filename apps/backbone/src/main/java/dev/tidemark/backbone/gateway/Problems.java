package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.backbone.push.Waiting;
import dev.tidemark.topology.fence.Cluster;
import dev.tidemark.topology.query.CursorUnusable;
import dev.tidemark.topology.query.NotServed;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Turns whatever went wrong into a problem of the contract, and a problem into its answer. */
final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int RETRY_SECONDS = 1;

    private Problems() {}

    static Problem of(Throwable error) {
        Throwable cause = error;
        while ((cause instanceof CompletionException || cause instanceof ExecutionException)
                && cause.getCause() != null) cause = cause.getCause();
        if (cause instanceof Problem problem) return problem;
        if (cause instanceof CursorUnusable cursor) return Problem.of(status(cursor), cursor.code(), message(cursor));
        if (cause instanceof NotServed)
            return Problem.retry(503, "not_served", message(cause) + "; trying again is safe", RETRY_SECONDS);
        if (cause instanceof Waiting.TooMany)
            return Problem.retry(429, "too_many_requests", message(cause) + "; trying again is safe", RETRY_SECONDS);
        if (cause instanceof RecordTooLargeException)
            return Problem.of(413, "too_large", "a mutation is larger than the topics take");
        if (cause instanceof HttpResponseException http)
            return Problem.of(http.getStatus(), code(http.getStatus()), message(http));
        return passing(cause);
    }

    private static Problem passing(Throwable cause) {
        boolean timedOut = cause instanceof java.util.concurrent.TimeoutException;
        boolean kafka =
                cause instanceof org.apache.kafka.common.KafkaException || cause instanceof Cluster.ClusterUnreachable;
        if (timedOut)
            return Problem.retry(
                    503,
                    "outcome_pending",
                    "the outcome is not known yet; sending the same again is safe",
                    RETRY_SECONDS);
        if (kafka)
            return Problem.retry(
                    503, "kafka_unavailable", "Kafka did not take it; sending the same again is safe", RETRY_SECONDS);
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
        if (!problem.errors().isEmpty()) {
            ArrayNode errors = json.putArray("errors");
            for (Problem.Place place : problem.errors())
                errors.addObject().put("pointer", place.pointer()).put("detail", place.detail());
        }
        return json;
    }

    static void answer(Context ctx, Problem problem) {
        if (problem.retryAfterSeconds() > 0) ctx.header("Retry-After", Integer.toString(problem.retryAfterSeconds()));
        ctx.status(problem.status()).result(json(problem).toString()).contentType("application/problem+json");
    }

    static String code(int status) {
        return switch (status) {
            case 400 -> "invalid_request";
            case 404 -> "not_found";
            case 405 -> "method_not_allowed";
            case 413 -> "too_large";
            default -> "http_" + status;
        };
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
