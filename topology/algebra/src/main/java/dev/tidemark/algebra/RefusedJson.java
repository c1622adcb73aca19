package dev.tidemark.algebra;

import dev.tidemark.model.Reason;

/** JSON text that has no canonical form. The message names the place, never the content. */
public final class RefusedJson extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;
    private final long offset;

    RefusedJson(Reason reason, long offset, String detail) {
        super(detail, null, false, false);
        this.reason = reason;
        this.offset = offset;
    }

    static RefusedJson at(Reason reason, long offset) {
        return new RefusedJson(reason, offset, reason.detail() + ", at character " + offset);
    }

    public Reason reason() {
        return reason;
    }

    /** One sentence for people. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** Chars of the text before the place where it was refused; within a char or two for malformed text. */
    public long offset() {
        return offset;
    }
}
