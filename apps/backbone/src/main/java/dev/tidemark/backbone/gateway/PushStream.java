package dev.tidemark.backbone.gateway;

import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.backbone.push.BatchCutter;
import dev.tidemark.backbone.push.Pushes;
import dev.tidemark.model.Mutation;
import dev.tidemark.model.MutationBatch;
import dev.tidemark.model.ReplicaId;
import dev.tidemark.topology.BatchAnswer;
import io.javalin.http.Context;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A push as a stream of NDJSON: mutations of many replicas in one global order, cut into batches and produced in that order without
 * waiting between them; the answer is one line per mutation in order. Where it has to stop, a last line says why.
 */
final class PushStream {
    /** Mutations on their way at once; beyond, the oldest outcome is awaited before more is read. */
    private static final int WINDOW_MUTATIONS = 20_000;
    /** Replicas of one request: the last local seq of each is remembered. */
    private static final int REPLICAS_MAX = 100_000;

    private static final int OUT_BUFFER_BYTES = 64 << 10;

    private final Services services;

    PushStream(Services services) {
        this.services = services;
    }

    void push(Context ctx, String project, PushRoutes.Ack ack) {
        ctx.contentType(Answers.NDJSON);
        try {
            OutputStream out = new BufferedOutputStream(ctx.res().getOutputStream(), OUT_BUFFER_BYTES);
            Run run = new Run(project, ack, Traceparent.of(ctx), out);
            @Nullable Problem problem = run.all(RequestBody.stream(ctx));
            if (problem != null && !run.hasWritten) throw problem;
            if (problem != null) run.write("{\"problem\":" + Problems.json(problem) + "}\n");
            out.flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A batch on its way, with what its answer needs: the local seqs where they are all that is answered. */
    private record Sent(int mutations, long @Nullable [] localSeqs, Pushes.InFlight inFlight) {}

    /** One request. */
    private final class Run {
        private final String project;
        private final PushRoutes.Ack ack;
        private final @Nullable String traceparent;
        private final OutputStream out;
        private final BatchCutter cutter = new BatchCutter(services.limits().batchBytesMax());
        private final ArrayDeque<Sent> onTheWay = new ArrayDeque<>();
        private int mutationsOnTheWay;
        private @Nullable Problem broken;
        private boolean hasWritten;

        Run(String project, PushRoutes.Ack ack, @Nullable String traceparent, OutputStream out) {
            this.project = project;
            this.ack = ack;
            this.traceparent = traceparent;
            this.out = out;
        }

        /** @return why it had to stop; null: it came to its end */
        @Nullable
        Problem all(InputStream body) throws IOException {
            @Nullable Problem stopped = sendAll(body);
            try {
                while (!onTheWay.isEmpty()) answerOldest();
            } catch (RuntimeException e) {
                return stopped != null ? stopped : Problems.of(e);
            }
            return stopped;
        }

        private @Nullable Problem sendAll(InputStream body) throws IOException {
            try {
                @Nullable
                Problem bad = readAll(new NdjsonLines(body, services.limits().bodyBytesMax()));
                if (broken != null) return broken;
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

        private void take(String text, long number) throws IOException {
            MutationBatch complete;
            try {
                MutationJson.Line line = MutationJson.line(text);
                complete = added(replica(line), line.mutation());
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
            while (mutationsOnTheWay > WINDOW_MUTATIONS || isOldestAnswered()) answerOldest();
            long @Nullable [] localSeqs = ack == PushRoutes.Ack.COMMITTED
                    ? null
                    : batch.mutations().stream().mapToLong(Mutation::localSeq).toArray();
            onTheWay.add(new Sent(
                    batch.mutations().size(), localSeqs, services.pushes().send(batch, traceparent)));
            mutationsOnTheWay += batch.mutations().size();
        }

        private boolean isOldestAnswered() {
            Sent oldest = onTheWay.peek();
            return oldest != null
                    && oldest.localSeqs == null
                    && oldest.inFlight.answered().isDone();
        }

        /** Answers stand in the order of the lines: once one is missing, nothing follows it. */
        private void answerOldest() throws IOException {
            Sent oldest = onTheWay.remove();
            mutationsOnTheWay -= oldest.mutations;
            try {
                if (oldest.localSeqs == null) answer(oldest.inFlight.answered().join());
                else received(oldest.inFlight, oldest.localSeqs);
            } catch (CompletionException | Problem e) {
                onTheWay.clear();
                broken = Problems.of(e);
                throw broken;
            }
        }

        private void answer(BatchAnswer answer) throws IOException {
            Refused.check(answer);
            StringBuilder lines = new StringBuilder();
            for (MappedOrigin mapped : answer.outcomes()) {
                ResultText.append(lines, mapped);
                lines.append('\n');
            }
            write(lines.toString());
        }

        private void received(Pushes.InFlight batch, long[] localSeqs) throws IOException {
            batch.received().join();
            StringBuilder lines = new StringBuilder();
            for (long localSeq : localSeqs)
                lines.append("{\"local_seq\":").append(localSeq).append(",\"received\":true}\n");
            write(lines.toString());
        }

        private void write(String lines) throws IOException {
            hasWritten = true;
            out.write(lines.getBytes(StandardCharsets.UTF_8));
        }
    }
}
