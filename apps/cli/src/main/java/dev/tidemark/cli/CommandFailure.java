package dev.tidemark.cli;

/** The thing failed: exit status 1. The text is one line for a person, says what failed and what to do. */
public class CommandFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public CommandFailure(String text) {
        super(text);
    }

    public CommandFailure(String text, Throwable cause) {
        super(text, cause);
    }
}
