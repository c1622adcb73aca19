package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.CursorToken;
import dev.tidemark.algebra.PageRules;
import dev.tidemark.topology.store.ChangeRow;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Changes as a stream of pages: server-sent events that go on for good, or lines of NDJSON up to the head. Invariants: a stream
 * holds one page at a time, and the next is read when its client has taken that; no thread waits for a client, so that a slow one
 * delays no other; a client that is gone is found by what is written after it went, a heartbeat if nothing else, and its stream
 * ends.
 */
final class PageStreams {
    /** Streams open at once; beyond, 429. */
    static final int STREAMS_MAX = 1_000;

    private static final int RETRY_SECONDS = 5;
    /** Of one page, so that all streams together stay bounded. */
    private static final long PAGE_BYTES_MAX = 256L << 10;

    private final Services services;
    private final AtomicInteger open = new AtomicInteger();

    PageStreams(Services services) {
        this.services = services;
    }

    /** Ends when the stream does. */
    CompletableFuture<Void> start(Context ctx, Wish wish, Framing framing) {
        return LongPoll.page(services, framing.isEndless() ? wish.withoutPatience() : wish, PAGE_BYTES_MAX)
                .thenCompose(page -> opened(ctx, wish, framing).run(page));
    }

    /** Streams that are open. */
    int open() {
        return open.get();
    }

    private Stream opened(Context ctx, Wish wish, Framing framing) {
        if (open.incrementAndGet() > STREAMS_MAX) {
            open.decrementAndGet();
            throw Problem.retry(
                    429, "too_many_requests", "at most " + STREAMS_MAX + " streams are open at once", RETRY_SECONDS);
        }
        ctx.contentType(framing.mediaType());
        ctx.header("Cache-Control", "no-store");
        ctx.header("X-Accel-Buffering", "no");
        try {
            return new Stream(new PacedOutput(ctx.res().getOutputStream()), wish, framing);
        } catch (IOException e) {
            open.decrementAndGet();
            throw new UncheckedIOException(e);
        } catch (RuntimeException e) {
            open.decrementAndGet();
            throw e;
        }
    }

    /** How pages stand in a stream. */
    enum Framing {
        EVENTS("text/event-stream") {
            @Override
            byte[] page(Wish wish, PageRules.Page<ChangeRow> page) {
                String kind = page.rows().isEmpty() ? "heartbeat" : "changes";
                String id = "id: " + CursorToken.encode(page.cursor()) + "\n";
                return wish.framed(id + "event: " + kind + "\ndata: ", page, "\n\n");
            }

            @Override
            byte[] problem(Problem problem) {
                return utf8("event: problem\ndata: " + Problems.json(problem) + "\n\n");
            }

            @Override
            boolean isEndless() {
                return true;
            }
        },
        LINES(Answers.NDJSON) {
            @Override
            byte[] page(Wish wish, PageRules.Page<ChangeRow> page) {
                return wish.framed("", page, "\n");
            }

            @Override
            byte[] problem(Problem problem) {
                return utf8("{\"problem\":" + Problems.json(problem) + "}\n");
            }

            @Override
            boolean isEndless() {
                return false;
            }
        };

        private final String mediaType;

        Framing(String mediaType) {
            this.mediaType = mediaType;
        }

        String mediaType() {
            return mediaType;
        }

        abstract byte[] page(Wish wish, PageRules.Page<ChangeRow> page);

        /** The last thing in a stream that cannot go on. */
        abstract byte[] problem(Problem problem);

        /** Whether it goes on at the head. */
        abstract boolean isEndless();

        private static byte[] utf8(String text) {
            return text.getBytes(StandardCharsets.UTF_8);
        }
    }

    /** One open stream; goes on by itself, one step at a time, on the answering threads. */
    private final class Stream {
        private final PacedOutput out;
        private final Framing framing;
        private final CompletableFuture<Void> ended = new CompletableFuture<>();
        private Wish wish;
        private long wroteNs;

        Stream(PacedOutput out, Wish wish, Framing framing) {
            this.out = out;
            this.wish = wish;
            this.framing = framing;
            ended.whenComplete((done, error) -> open.decrementAndGet());
        }

        CompletableFuture<Void> run(PageRules.Page<ChangeRow> first) {
            emit(first);
            return ended;
        }

        private void emit(PageRules.Page<ChangeRow> page) {
            byte[] frame = framing.page(wish, page);
            wish = wish.after(page);
            boolean goesOn = framing.isEndless() || page.hasMore();
            out.write(frame).whenComplete((written, gone) -> {
                wroteNs = System.nanoTime();
                if (gone != null || !goesOn) ended.complete(null);
                else services.answering().execute(this::next);
            });
        }

        private void next() {
            try {
                long leftNs = services.limits().heartbeat().toNanos() - (System.nanoTime() - wroteNs);
                if (!framing.isEndless() || leftNs <= 0) emit(wish.read(services.changes(), PAGE_BYTES_MAX));
                else showOrWait(Duration.ofNanos(leftNs));
            } catch (RuntimeException e) {
                out.write(framing.problem(Problems.of(e))).whenComplete((written, gone) -> ended.complete(null));
            }
        }

        private void showOrWait(Duration left) {
            Signals.Wait wait = services.signals().begin(wish.project(), left);
            boolean waits = false;
            try {
                PageRules.Page<ChangeRow> page = wish.read(services.changes(), PAGE_BYTES_MAX);
                if (!page.rows().isEmpty()) {
                    emit(page);
                    return;
                }
                wish = wish.after(page);
                waits = !page.hasMore();
                if (waits) wait.then(this::next);
                else services.answering().execute(this::next);
            } finally {
                if (!waits) wait.close();
            }
        }
    }
}
