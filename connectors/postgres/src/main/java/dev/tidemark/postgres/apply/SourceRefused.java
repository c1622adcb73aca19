package dev.tidemark.postgres.apply;

/** Nothing was done, or nothing more: what the database lacks or has in the way, and what to do. */
public final class SourceRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    SourceRefused(String text) {
        super(text);
    }

    SourceRefused(String text, Throwable cause) {
        super(text, cause);
    }
}
