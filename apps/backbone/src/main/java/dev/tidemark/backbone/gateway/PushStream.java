package dev.tidemark.backbone.gateway;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.tidemark.algebra.MappedOrigin;
import dev.tidemark.backbone.push.BatchCutter;
import dev.tidemark.backbone.push.Pushes;
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

    private static final int OUT_BUFFER_BYTES = 64 << 10;

    private final Services services;

    PushStream(Services services) {
        this.services = services;
    }

    void push(Context ctx, String project) {
        ctx.contentType("application/x-ndjson");
        boolean waits = !"received".equals(ctx.queryParam("ack"));
        try (OutputStream out = new BufferedOutputStream(ctx.outputStream(), OUT_BUFFER_BYTES)) {
            Run run = new Run(project, waits, ctx.header("traceparent"), out);
            @Nullable Problem problem = run.all(ctx.bodyInputStream());
            if (problem == null) return;
            if (run.wrote == 0) throw problem;
            ObjectNode last = ResultJson.object();
            last.set("problem", Problems.json(problem));
            run.line(last);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** One request. */
    private final class Run {
        private final String project;
        private final boolean waits;
        private final @Nullable String traceparent;
        private final OutputStream out;
        private final BatchCutter cutter = new BatchCutter(services.batchBytesMax());
        private final ArrayDeque<Pushes.InFlight> inFlight = new ArrayDeque<>();
        private int mutationsInFlight;
        private long wrote;

        Run(String project, boolean waits, @Nullable String traceparent, OutputStream out) {
            this.project = project;
            this.waits = waits;
            this.traceparent = traceparent;
            this.out = out;
        }

        /** @return why it had to stop; null: it came to its end */
        @Nullable
        Problem all(InputStream body) throws IOException {
            @Nullable Problem problem = null;
            try {
                NdjsonLines lines = new NdjsonLines(body, services.bodyBytesMax());
                for (String line = lines.next(); line != null; line = lines.next()) take(line, lines.number());
                send(cutter.end());
            } catch (Problem e) {
                problem = e;
                // What came before the bad line is sound, and its order must not be lost.
                send(cutter.end());
            } catch (RuntimeException e) {
                problem = Problems.of(e);
            }
            try {
                while (!inFlight.isEmpty()) answerOldest();
            } catch (RuntimeException e) {
                return problem != null ? problem : Problems.of(e);
            }
            return problem;
        }

        private void take(String text, long number) throws IOException {
            try {
                MutationJson.Line line = MutationJson.line(text);
                String named = line.project();
                if (named != null && !named.equals(project))
                    throw Problem.invalid("/project", "is " + named + ", the request is for " + project);
                String replica = line.replica();
                if (replica == null) throw Problem.invalid("/replica", "is missing");
                PushRequest.Valid.name("/replica", replica);
                String incarnation = line.incarnation() == null ? "0" : line.incarnation();
                PushRequest.Valid.name("/incarnation", incarnation);
                send(cutter.add(new ReplicaId(project, replica, incarnation), line.mutation()));
            } catch (Problem e) {
                throw e.atLine(number);
            } catch (IllegalArgumentException e) {
                throw Problem.invalid("/local_seq", String.valueOf(e.getMessage()))
                        .atLine(number);
            }
        }

        private void send(@Nullable MutationBatch batch) throws IOException {
            if (batch == null) return;
            while (mutationsInFlight > WINDOW_MUTATIONS) answerOldest();
            inFlight.add(services.pushes().send(batch, traceparent));
            mutationsInFlight += batch.mutations().size();
        }

        private void answerOldest() throws IOException {
            Pushes.InFlight oldest = inFlight.remove();
            mutationsInFlight -= oldest.batch().mutations().size();
            try {
                if (waits) answer(oldest.answered().join());
                else received(oldest);
            } catch (CompletionException e) {
                inFlight.clear();
                throw Problems.of(e);
            }
        }

        private void answer(BatchAnswer answer) throws IOException {
            Refused.check(answer);
            for (MappedOrigin mapped : answer.outcomes()) line(ResultJson.result(mapped));
        }

        private void received(Pushes.InFlight batch) throws IOException {
            batch.received().join();
            for (var mutation : batch.batch().mutations())
                line(ResultJson.object().put("local_seq", mutation.localSeq()).put("received", true));
        }

        private void line(ObjectNode json) throws IOException {
            wrote++;
            out.write(json.toString().getBytes(StandardCharsets.UTF_8));
            out.write('\n');
        }
    }
}
