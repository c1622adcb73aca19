package dev.tidemark.cli.client;

import dev.tidemark.cli.CommandFailure;
import java.time.Duration;
import java.util.Optional;

/** No answer, or not the whole of it: whether the request took effect is not known. */
public final class ConnectionLost extends CommandFailure implements Passing {
    private static final long serialVersionUID = 1L;

    public ConnectionLost(String text) {
        super(text);
    }

    ConnectionLost(String text, Throwable cause) {
        super(text, cause);
    }

    @Override
    public boolean isPassing() {
        return true;
    }

    @Override
    public Optional<Duration> retryAfter() {
        return Optional.empty();
    }
}
