package dev.tidemark.backbone.gateway;

import dev.tidemark.backbone.push.BatchCutter;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.ReplicaId;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A push as a stream of NDJSON: mutations of many replicas in one global order, cut into batches and produced in that order without
 * waiting between them; the answer is one line per mutation in order. Where it has to stop, a last line says why.
 *
 * <p>A client may wait for a result before it sends the next mutation: while nothing more comes, what was read is not held back for
 * a fuller batch, and what is known is shown.
 */
final class PushStream {
    /** Replicas of one request: the last local seq of each is remembered. */
    private static final int REPLICAS_MAX = 100_000;
    /** How long a batch stays open for more while nothing comes. Admit commits as often. */
    private static final long LINGER_NS = Duration.ofMillis(20).toNanos();
    /** How often a silent client is looked at again, only while a batch is open or an outcome awaited. */
    private static final long LOOK_NS = Duration.ofMillis(2).toNanos();

    private final Services services;

    PushStream(Services services) {
        this.services = services;
    }

    void push(Context ctx, String project, PushRoutes.Ack ack) {
        ctx.contentType(Answers.NDJSON);
        try {
            PushResults results = new PushResults(ack, ctx.res().getOutputStream());
            results.end(new Run(ctx, project, results).all(RequestBody.stream(ctx)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request. */
    private final class Run {
        private final Context ctx;
        private final String project;
        private final @Nullable String traceparent;
        private final PushResults results;
        private final BatchCutter cutter = new BatchCutter(services.limits().batchBytesMax());
        /** When the open batch got its first mutation. */
        private long openedNs;

        Run(Context ctx, String project, PushResults results) {
            this.ctx = ctx;
            this.project = project;
            this.traceparent = Traceparent.of(ctx);
            this.results = results;
        }

        /** @return why it had to stop; null: it came to its end */
        @Nullable
        Problem all(InputStream body) throws IOException {
            @Nullable Problem stopped = sendAll(body);
            try {
                results.awaitAll();
            } catch (RuntimeException e) {
                return stopped != null ? stopped : Problems.of(e);
            }
            return stopped;
        }

        private @Nullable Problem sendAll(InputStream body) throws IOException {
            try {
                @Nullable
                Problem bad = readAll(new NdjsonLines(body, services.limits().bodyBytesMax(), this::untilMoreComes));
                if (results.broken() != null) return results.broken();
                // What came before a bad line is sound, and its order must not be lost.
                send(cutter.end());
                return bad;
            } catch (RuntimeException e) {
                return Problems.of(e);
            }
        }

        /** @return what is wrong with the line that it had to stop at, or with an answer */
        private @Nullable Problem readAll(NdjsonLines lines) throws IOException {
            try {
                for (String line = lines.next(); line != null; line = lines.next()) take(line, lines.number());
                return null;
            } catch (Problem e) {
                return e;
            }
        }

        /** A client that is waited for may be waiting itself. Where nothing is open or awaited, reading waits. */
        private void untilMoreComes() throws IOException {
            while (RequestBody.isSilent(ctx)) {
                if (cutter.isOpen() && System.nanoTime() - openedNs >= LINGER_NS) send(cutter.end());
                results.show();
                if (!cutter.isOpen() && !results.isAwaited()) return;
                LockSupport.parkNanos(LOOK_NS);
            }
        }

        private void take(String text, long number) throws IOException {
            MutationBatch complete;
            try {
                MutationJson.Line line = MutationJson.line(text);
                boolean wasOpen = cutter.isOpen();
                complete = added(replica(line), line.mutation());
                if (!wasOpen || complete != null) openedNs = System.nanoTime();
            } catch (Problem e) {
                throw e.atLine(number);
            }
            send(complete);
        }

        private ReplicaId replica(MutationJson.Line line) {
            String named = line.project();
            if (named != null && !named.equals(project))
                throw Problem.invalid("/project", "is " + named + ", the request is for " + project);
            String replica = line.replica();
            if (replica == null) throw Problem.invalid("/replica", "is missing");
            PushRequest.Valid.name("/replica", replica);
            String incarnation = line.incarnation() == null ? PushRequest.INCARNATION_DEFAULT : line.incarnation();
            return new ReplicaId(project, replica, PushRequest.Valid.name("/incarnation", incarnation));
        }

        private @Nullable MutationBatch added(ReplicaId replica, Mutation mutation) {
            try {
                MutationBatch complete = cutter.add(replica, mutation);
                if (cutter.replicas() <= REPLICAS_MAX) return complete;
            } catch (IllegalArgumentException e) {
                throw Problem.invalid("/local_seq", String.valueOf(e.getMessage()));
            }
            throw Problem.of(
                    413, "too_large", "a request has at most " + REPLICAS_MAX + " replicas; send more requests");
        }

        private void send(@Nullable MutationBatch batch) throws IOException {
            if (batch == null) return;
            results.makeRoom();
            results.add(batch, services.pushes().send(batch, traceparent));
        }
    }
}
