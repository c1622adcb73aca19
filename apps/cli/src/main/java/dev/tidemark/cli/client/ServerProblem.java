package dev.tidemark.cli.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.tidemark.cli.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The server refused, and said why (RFC 9457). */
public final class ServerProblem extends CommandFailure implements Passing {
    private static final long serialVersionUID = 1L;

    /** A schema registry says "message". */
    private static final List<String> REASONS = List.of("detail", "title", "message");

    private static final int TOO_LARGE = 413;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERRORS = 500;

    private final int status;
    private final String code;
    private final String detail;
    private final transient Optional<Duration> retryAfter;

    private ServerProblem(int status, String code, String detail, String text, Optional<Duration> retryAfter) {
        super(text);
        this.detail = detail;
        this.status = status;
        this.code = code;
        this.retryAfter = retryAfter;
    }

    static ServerProblem of(Answer answer) {
        try {
            JsonNode problem = Json.MAPPER.readTree(answer.body());
            if (saysWhy(problem)) return of(problem, answer.status(), answer.retryAfter());
        } catch (JsonProcessingException e) {
            // not a problem document: said below with what it is
        } catch (IOException e) {
            throw new CommandFailure("cannot read the answer of " + answer.from() + ": " + e.getMessage(), e);
        }
        String text = oneLine(answer.ofAStranger());
        return new ServerProblem(answer.status(), "http_" + answer.status(), text, text, answer.retryAfter());
    }

    /** @param status used where the document names none */
    public static ServerProblem of(JsonNode problem, int status, Optional<Duration> retryAfter) {
        int ownStatus = problem.path("status").asInt(status);
        String code = problem.path("code").asText("http_" + ownStatus);
        String detail = first(problem, REASONS);
        StringBuilder text = new StringBuilder(code).append(": ").append(detail);
        for (JsonNode error : problem.path("errors")) {
            String line = errorLine(error);
            // The detail of a problem with one place says that place already.
            if (!detail.contains(line)) text.append("; ").append(line);
        }
        Optional<Duration> after =
                retryAfter.isPresent() || !problem.path("retry_after").isNumber()
                        ? retryAfter
                        : Optional.of(Duration.ofMillis(
                                (long) (problem.path("retry_after").asDouble() * 1_000)));
        return new ServerProblem(ownStatus, code, oneLine(detail), oneLine(text.toString()), after);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return detail;
    }

    public boolean isTooLarge() {
        return status == TOO_LARGE;
    }

    @Override
    public boolean isPassing() {
        return status == TOO_MANY || status >= SERVER_ERRORS;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return retryAfter;
    }

    private static boolean saysWhy(JsonNode problem) {
        return REASONS.stream().anyMatch(member -> problem.path(member).isTextual());
    }

    private static String first(JsonNode problem, List<String> members) {
        for (String member : members)
            if (problem.path(member).isTextual()) return problem.path(member).textValue();
        return "no detail given";
    }

    private static String errorLine(JsonNode error) {
        String where = error.path("pointer").asText(error.path("parameter").asText(""));
        String detail = error.path("detail").asText(error.path("message").asText(error.toString()));
        return where.isEmpty() ? detail : where + " " + detail;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s*\\R\\s*", " ");
    }
}
