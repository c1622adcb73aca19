package dev.tidemark.cli.push;

import dev.tidemark.cli.CommandFailure;

/** A line of the source cannot be pushed as it stands: trying again is no use, mending it is. */
final class BadLine extends CommandFailure {
    private static final long serialVersionUID = 1L;

    BadLine(String text) {
        super(text);
    }

    BadLine(String text, Throwable cause) {
        super(text, cause);
    }
}
