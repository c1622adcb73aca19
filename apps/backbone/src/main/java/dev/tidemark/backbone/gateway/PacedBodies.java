package dev.tidemark.backbone.gateway;

import io.javalin.config.Key;
import io.javalin.http.Context;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Large answers on their way to clients that take them slowly: no thread waits with them, and together they stay bounded. */
final class PacedBodies {
    static final Key<PacedBodies> KEY = new Key<>("tidemark-paced-bodies");

    private static final long BYTES_MAX = 256L << 20;
    private static final int RETRY_SECONDS = 2;

    private final AtomicLong bytes = new AtomicLong();

    /**
     * Answers with a body, the last thing that a handler, or a future of it, does.
     *
     * @throws Problem if clients have not taken too much of what was answered before
     */
    void send(Context ctx, byte[] body) {
        if (bytes.addAndGet(body.length) > BYTES_MAX) {
            bytes.addAndGet(-body.length);
            throw Problem.retry(
                    429, "too_many_requests", "answers wait for slow clients; trying again is safe", RETRY_SECONDS);
        }
        ctx.res().setContentLengthLong(body.length);
        // A client that went away has no use for an error: what cannot be written is dropped.
        ctx.future(() -> written(ctx, body).handle((written, gone) -> {
            bytes.addAndGet(-body.length);
            return null;
        }));
    }

    private static CompletableFuture<Void> written(Context ctx, byte[] body) {
        try {
            return new PacedOutput(ctx.res().getOutputStream()).write(body);
        } catch (IOException | RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }
}
