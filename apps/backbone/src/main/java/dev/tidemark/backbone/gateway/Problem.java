package dev.tidemark.backbone.gateway;

import java.util.List;

/**
 * Why a request was not carried out: becomes an RFC 9457 {@code application/problem+json} with a stable code.
 *
 * <p>Thrown by handlers, answered in one place.
 */
public final class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * One place of the request that is wrong.
     *
     * @param where a JSON pointer into the body, which is empty or begins with a slash; else the name of a parameter
     * @param line of a stream of NDJSON, from 1; 0: the request is no stream
     * @param detail what it must be
     */
    public record Place(String where, long line, String detail) {
        boolean isPointer() {
            return where.isEmpty() || where.startsWith("/");
        }
    }

    private final int status;
    private final String code;
    private final transient List<Place> errors;
    private final int retryAfterSeconds;

    private Problem(int status, String code, String detail, List<Place> errors, int retryAfterSeconds) {
        super(detail, null, false, false);
        this.status = status;
        this.code = code;
        this.errors = List.copyOf(errors);
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public static Problem of(int status, String code, String detail) {
        return new Problem(status, code, detail, List.of(), 0);
    }

    /** A request body or parameter that is wrong. */
    public static Problem invalid(String where, String detail) {
        String subject = where.isEmpty() ? "the body" : where;
        return new Problem(400, "invalid_request", subject + " " + detail, List.of(new Place(where, 0, detail)), 0);
    }

    /** Trying again later is safe and may work. */
    public static Problem retry(int status, String code, String detail, int afterSeconds) {
        return new Problem(status, code, detail, List.of(), afterSeconds);
    }

    /** The same problem, with the line of a stream that it stands in. */
    Problem atLine(long line) {
        List<Place> places = errors.stream()
                .map(place -> new Place(place.where(), line, place.detail()))
                .toList();
        return new Problem(status, code, "line " + line + ": " + detail(), places, retryAfterSeconds);
    }

    public int status() {
        return status;
    }

    public String code() {
        return code;
    }

    public String detail() {
        return String.valueOf(getMessage());
    }

    public List<Place> errors() {
        return errors;
    }

    /** 0: not said. */
    public int retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
