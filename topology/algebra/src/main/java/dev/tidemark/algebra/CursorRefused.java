package dev.tidemark.algebra;

/** A cursor token that no Tidemark of this version wrote. */
public final class CursorRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    CursorRefused(String message) {
        super(message, null, false, false);
    }
}
