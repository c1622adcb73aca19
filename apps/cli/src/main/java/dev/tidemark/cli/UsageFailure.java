package dev.tidemark.cli;

import org.jspecify.annotations.Nullable;

/** The command was called wrongly, by its flags or by its configuration: exit status 2. */
public final class UsageFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UsageFailure(@Nullable String text) {
        super(text);
    }
}
