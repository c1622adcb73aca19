package dev.tidemark.cli.client;

import dev.tidemark.cli.CommandFailure;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/** Nothing listens at the server's address. It passes if something did a moment ago. */
public final class NobodyThere extends CommandFailure implements Passing {
    private static final long serialVersionUID = 1L;

    NobodyThere(URI base, Throwable cause) {
        super(
                "no Tidemark server answers at " + base + "; start one with ./tidemark up or name it with --server",
                cause);
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
