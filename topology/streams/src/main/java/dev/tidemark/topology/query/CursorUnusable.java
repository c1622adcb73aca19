package dev.tidemark.topology.query;

/** A cursor that cannot be honoured (L9); the code is of the contract: cursor_invalid, cursor_ahead, cursor_expired. */
public final class CursorUnusable extends RuntimeException {
    private static final long serialVersionUID = 1L;
    public static final String INVALID = "cursor_invalid";
    public static final String AHEAD = "cursor_ahead";
    public static final String EXPIRED = "cursor_expired";

    private final String code;

    public CursorUnusable(String code, String detail) {
        super(detail);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
