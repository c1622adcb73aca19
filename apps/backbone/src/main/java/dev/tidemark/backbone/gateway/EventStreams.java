package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.topology.store.ChangeRow;
import io.javalin.http.Context;
import jakarta.servlet.AsyncContext;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Changes as server-sent events. Every event is a page whose id is its cursor, so that {@code Last-Event-ID} resumes without loss;
 * heartbeats carry the current cursor.
 */
final class EventStreams {
    /** Streams open at once; beyond, 429. */
    private static final int STREAMS_MAX = 1_000;

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    private final Services services;
    private final AtomicInteger open = new AtomicInteger();

    EventStreams(Services services) {
        this.services = services;
    }

    void stream(Context ctx, PullRoutes.Wish wish) {
        PageRules.Page<ChangeRow> first = read(wish);
        if (open.incrementAndGet() > STREAMS_MAX) {
            open.decrementAndGet();
            throw Problem.retry(
                    429, "too_many_requests", "at most " + STREAMS_MAX + " event streams are open at once", 5);
        }
        ctx.res().setStatus(200);
        ctx.res().setContentType("text/event-stream");
        ctx.res().setCharacterEncoding("UTF-8");
        ctx.header("Cache-Control", "no-cache");
        AsyncContext async = ctx.req().isAsyncStarted()
                ? ctx.req().getAsyncContext()
                : ctx.req().startAsync();
        async.setTimeout(0);
        new Stream(async, ctx, wish).send(first);
    }

    private PageRules.Page<ChangeRow> read(PullRoutes.Wish wish) {
        return services.changes().page(wish.project(), wish.cursor(), wish.entities(), wish.limits());
    }

    /** One open stream; goes on by itself from signal to signal. */
    private final class Stream {
        private final AsyncContext async;
        private final OutputStream out;
        private PullRoutes.Wish wish;

        Stream(AsyncContext async, Context ctx, PullRoutes.Wish wish) {
            this.async = async;
            this.out = ctx.outputStream();
            this.wish = wish;
        }

        void send(PageRules.Page<ChangeRow> page) {
            try {
                PageRules.Page<ChangeRow> now = page;
                event(now);
                while (now.hasMore()) {
                    now = read(wish);
                    event(now);
                }
                await();
            } catch (IOException | RuntimeException e) {
                close();
            }
        }

        private void await() {
            CompletableFuture<Void> next = services.signals().next(wish.project(), HEARTBEAT);
            PageRules.Page<ChangeRow> page = read(wish);
            if (!page.rows().isEmpty()) {
                next.complete(null);
                send(page);
            } else {
                next.thenRun(this::awake);
            }
        }

        private void awake() {
            try {
                send(read(wish));
            } catch (RuntimeException e) {
                close();
            }
        }

        private void event(PageRules.Page<ChangeRow> page) throws IOException {
            wish = wish.at(page.cursor());
            String kind = page.rows().isEmpty() ? "heartbeat" : "changes";
            String head = "id: " + CursorToken.encode(page.cursor()) + "\nevent: " + kind + "\ndata: ";
            out.write(head.getBytes(StandardCharsets.US_ASCII));
            out.write(PageBytes.of(page, !wish.entities().isEmpty()));
            out.write("\n\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }

        private void close() {
            open.decrementAndGet();
            try {
                async.complete();
            } catch (IllegalStateException e) {
                // the connection is gone already
            }
        }
    }
}
